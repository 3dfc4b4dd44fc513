package dev.drover.ruleset.language;

import dev.drover.ruleset.language.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Splits a rule file into words. Comments and blanks fall away here and are seen by nobody behind. */
final class Scanner {

    private static final int LONGEST_TEXT = 500;
    private static final int LONGEST_WORD = 60;
    private static final List<String> SIGNS = List.of("==", "!=", ">=", "<=", "&&", "||");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineStart;
    private int start;
    private Place place = new Place(1, 1);

    Scanner(String source) {
        this.source = source;
        // A mark that some editors put in front of a file.
        this.at = source.startsWith("\uFEFF") ? 1 : 0;
    }

    /** Ends with a token {@link Kind#END}. What can't be a word is a token too, so that only the rule around it is refused. */
    List<Token> scan() {
        while (true) {
            skipBlanks();
            start = at;
            place = new Place(line, at - lineStart + 1);
            if (at >= source.length()) {
                add(Kind.END, "");
                return tokens;
            }
            char c = source.charAt(at);
            if (comment()) {
                continue;
            }
            if (c == '"') {
                text();
            } else if (isDigit(c)) {
                number();
            } else if (isLetter(c) || c == '$') {
                word(c == '$' ? Kind.VARIABLE : Kind.WORD);
            } else {
                sign(c);
            }
        }
    }

    private void skipBlanks() {
        while (at < source.length() && (source.charAt(at) == ' ' || source.charAt(at) == '\t' || source.charAt(at) == '\n')) {
            step();
        }
    }

    private void step() {
        if (source.charAt(at++) == '\n') {
            line++;
            lineStart = at;
        }
    }

    private boolean comment() {
        if (source.startsWith("//", at)) {
            while (at < source.length() && source.charAt(at) != '\n') {
                at++;
            }
            return true;
        }
        if (!source.startsWith("/*", at)) {
            return false;
        }
        int end = source.indexOf("*/", at + 2);
        if (end < 0) {
            at = source.length();
            add(Kind.BROKEN, "This comment is never closed.");
            return true;
        }
        while (at < end + 2) {
            step();
        }
        return true;
    }

    private void text() {
        if (source.startsWith("\"\"\"", at)) {
            at += 3;
            add(Kind.BROKEN, "Texts over several lines aren't part of the rule language.");
            return;
        }
        var text = new StringBuilder();
        at++;
        while (at < source.length() && source.charAt(at) != '"' && source.charAt(at) != '\n') {
            char c = source.charAt(at++);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escaped = at < source.length() ? source.charAt(at) : '\n';
            int known = "\"\\nt".indexOf(escaped);
            if (known < 0) {
                place = new Place(line, at - lineStart);
                skipRestOfText();
                add(Kind.BROKEN, "In a text only \\\", \\\\, \\n and \\t stand behind a backslash.");
                return;
            }
            at++;
            text.append("\"\\\n\t".charAt(known));
        }
        if (at >= source.length() || source.charAt(at) == '\n') {
            add(Kind.BROKEN, "This text isn't closed on its line.");
            return;
        }
        at++;
        add(text.length() > LONGEST_TEXT ? Kind.BROKEN : Kind.TEXT, text.length() > LONGEST_TEXT ? "A text is at most %d characters long.".formatted(LONGEST_TEXT) : text.toString());
    }

    private void skipRestOfText() {
        while (at < source.length() && source.charAt(at) != '"' && source.charAt(at) != '\n') {
            at += source.charAt(at) == '\\' && at + 1 < source.length() && source.charAt(at + 1) != '\n' ? 2 : 1;
        }
        if (at < source.length() && source.charAt(at) == '"') {
            at++;
        }
    }

    private void number() {
        while (at < source.length() && isDigit(source.charAt(at))) {
            at++;
        }
        if (at + 1 < source.length() && source.charAt(at) == '.' && isDigit(source.charAt(at + 1))) {
            at++;
            while (at < source.length() && isDigit(source.charAt(at))) {
                at++;
            }
        }
        boolean clean = at >= source.length() || !isLetter(source.charAt(at)) && source.charAt(at) != '$';
        while (at < source.length() && isPartOfWord(source.charAt(at))) {
            at++;
        }
        String written = source.substring(start, at);
        if (!clean) {
            add(Kind.BROKEN, "'%s' is no number: numbers are written like 500 or 12.50.".formatted(shortened(written)));
        } else if (written.replaceFirst("\\..*", "").length() > 10 || written.length() > 17) {
            add(Kind.BROKEN, "This number has too many digits.");
        } else {
            add(Kind.NUMBER, written);
        }
    }

    private void word(Kind kind) {
        at++;
        while (at < source.length() && isPartOfWord(source.charAt(at))) {
            at++;
        }
        String written = source.substring(start, at);
        if (written.length() > LONGEST_WORD) {
            add(Kind.BROKEN, "'%s' is longer than %d characters.".formatted(shortened(written), LONGEST_WORD));
        } else if (kind == Kind.VARIABLE && !written.matches("\\$[A-Za-z][A-Za-z0-9_]*")) {
            add(Kind.BROKEN, "A variable is a '$' and a word, such as $sum.");
        } else {
            add(kind, written);
        }
    }

    private void sign(char c) {
        for (String sign : SIGNS) {
            if (source.startsWith(sign, at)) {
                at += sign.length();
                add(Kind.SIGN, sign);
                return;
            }
        }
        int code = source.codePointAt(at);
        at += Character.charCount(code);
        if (c == '\'') {
            add(Kind.BROKEN, "Texts stand in double quotes: \"…\".");
        } else if (code < 0x21 || code > 0x7e) {
            add(Kind.BROKEN, "The character %s has no place here.".formatted(Character.isLetter(code) ? "'" + Character.toString(code) + "'" : "U+%04X".formatted(code)));
        } else {
            add(Kind.SIGN, String.valueOf(c));
        }
    }

    private void add(Kind kind, String text) {
        tokens.add(new Token(kind, text, place, start, at));
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isPartOfWord(char c) {
        return isLetter(c) || isDigit(c) || c == '$';
    }
}
