package dev.drover.ruleset.language;

/** What kind of value a path has. */
public enum Type {

    NUMBER("a number"), TEXT("a text"), FLAG("true or false"), DAY("a day"), MOMENT("a moment");

    private final String words;

    Type(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** Whether it can be {@code null}. A number that isn't known is no {@code null}: every comparison with it but {@code !=} fails. */
    boolean mayBeUnknown() {
        return this == TEXT || this == DAY;
    }
}
