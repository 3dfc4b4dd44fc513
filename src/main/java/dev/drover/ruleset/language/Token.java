package dev.drover.ruleset.language;

/**
 * A word of a rule file.
 *
 * @param text  as written; of a text what it means, of something broken the complaint
 * @param start where it begins in the file, counted from 0
 * @param end   behind its last character
 */
record Token(Kind kind, String text, Place place, int start, int end) {

    enum Kind { WORD, VARIABLE, NUMBER, TEXT, SIGN, BROKEN, END }

    boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.SIGN) && text.equals(word);
    }

    boolean startsRightAfter(Token before) {
        return start == before.end;
    }

    /** For a complaint. */
    String shown() {
        return switch (kind) {
            case END -> "the end of the file";
            case TEXT -> "the text \"" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "\"";
            default -> "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
        };
    }
}
