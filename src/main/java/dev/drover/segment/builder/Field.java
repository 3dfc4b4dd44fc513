package dev.drover.segment.builder;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a condition is about.
 *
 * @param argument an attribute's, category's or event's name; empty where it takes none
 * @param days     0 where it takes none
 */
public record Field(Kind kind, String argument, int days) {

    private static final int MOST_DAYS = 3_650;
    private static final int LONGEST = 100;

    /** Found or not, and then why not. */
    record Found(List<Field> fields, String complaint) {

        static Found no(String complaint) {
            return new Found(List.of(), complaint);
        }
    }

    /** @return an attribute in all its kinds, for which of them is meant only the value tells */
    static Found named(String name) {
        if (name.startsWith("attributes.")) {
            String attribute = name.substring("attributes.".length());
            return isName(attribute) ? new Found(Arrays.stream(Kind.values()).filter(Kind::isAttribute).map(kind -> new Field(kind, attribute, 0)).toList(), "")
                    : Found.no("An attribute is named after the dot, such as attributes.tier.");
        }
        int colon = name.indexOf(':');
        String key = camel(colon < 0 ? name : name.substring(0, colon));
        String rest = colon < 0 ? "" : name.substring(colon + 1);
        return Arrays.stream(Kind.values()).filter(kind -> !kind.isAttribute() && kind.key.equals(key)).findFirst().map(kind -> of(kind, rest, colon >= 0))
                .orElseGet(() -> Found.no("There is no field '%s': there are %s.".formatted(shown(name), all())));
    }

    private static Found of(Kind kind, String rest, boolean given) {
        return switch (kind.takes) {
            case NOTHING -> given ? Found.no("%s takes nothing after it.".formatted(kind.key)) : found(kind, "", 0);
            case DAYS -> days(rest).map(days -> found(kind, "", days)).orElse(Found.no("%1$s takes a number of days, 1 to %2$d: %1$s:30.".formatted(kind.key, MOST_DAYS)));
            case NAME -> isName(rest) ? found(kind, rest, 0) : Found.no("%1$s takes a name: %1$s:%2$s.".formatted(kind.key, kind == Kind.LAST_EVENT_DATE ? "product.viewed" : "Cheese"));
            case NAME_AND_DAYS -> {
                int colon = rest.lastIndexOf(':');
                var days = colon < 0 ? Optional.<Integer>empty() : days(rest.substring(colon + 1));
                String event = days.isPresent() ? rest.substring(0, colon) : rest;
                yield isName(event) && event.indexOf(':') < 0 ? found(kind, event, days.orElse(0))
                        : Found.no("eventCount takes an event's name, and days if wanted (1 to %d): eventCount:product.viewed:7.".formatted(MOST_DAYS));
            }
        };
    }

    private static Found found(Kind kind, String argument, int days) {
        return new Found(List.of(new Field(kind, argument, days)), "");
    }

    private static Optional<Integer> days(String text) {
        return text.matches("\\d{1,4}") ? Optional.of(Integer.parseInt(text)).filter(days -> days >= 1 && days <= MOST_DAYS) : Optional.empty();
    }

    static boolean isName(String text) {
        return !text.isBlank() && text.length() <= LONGEST && Texts.plain(text);
    }

    /** The reference's names: {@code last_order_date}. */
    private static String camel(String name) {
        var words = name.split("_");
        return words[0] + Arrays.stream(words).skip(1).filter(word -> !word.isEmpty()).map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
    }

    private static String all() {
        return Arrays.stream(Kind.values()).map(kind -> kind.isAttribute() ? "attributes.NAME" : kind.key + switch (kind.takes) {
            case NOTHING -> "";
            case DAYS -> ":DAYS";
            case NAME -> ":NAME";
            case NAME_AND_DAYS -> ":NAME:DAYS";
        }).distinct().collect(Collectors.joining(", "));
    }

    private static String shown(String name) {
        return name.length() > 60 ? name.substring(0, 60) + "…" : name;
    }

    /** As in JSON. */
    public String name() {
        return kind.isAttribute() ? "attributes." + argument : kind.key + (argument.isEmpty() ? "" : ":" + argument) + (days == 0 ? "" : ":" + days);
    }

    /** The path that rules read. */
    String path() {
        return path(kind.fact, "");
    }

    /** @param more a further argument; empty: none */
    String path(String fact, String more) {
        var arguments = new java.util.ArrayList<String>();
        if (!argument.isEmpty()) {
            arguments.add(Texts.quoted(argument));
        }
        if (days > 0) {
            arguments.add(Integer.toString(days));
        }
        if (!more.isEmpty()) {
            arguments.add(more);
        }
        return arguments.isEmpty() ? fact : fact + "(" + String.join(", ", arguments) + ")";
    }

    String guard() {
        return kind.guard.replace("%s", Texts.quoted(argument));
    }

    /** For sentences: "orders in the last 30 days". */
    public String words() {
        String label = kind.label.replace(" (text)", "").replace(" (number)", "").replace(" (date)", "").replace(" (yes or no)", "");
        String named = days > 0 && argument.isEmpty() ? label.replace("…", Integer.toString(days)) : label.replace("…", "“" + argument + "”");
        String told = days > 0 && !argument.isEmpty() ? named + " in the last " + days + " days" : named;
        return told.startsWith("RFM") ? told : Character.toLowerCase(told.charAt(0)) + told.substring(1);
    }
}
