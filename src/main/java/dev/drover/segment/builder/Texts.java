package dev.drover.segment.builder;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Texts as rule files hold them. */
final class Texts {

    /** Line ends of any kind, and what can't be seen or turns the text around: the rule language has no place for them, nor for what Java would take for an escape. */
    private static final Pattern FOREIGN = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]|\\\\u");

    private Texts() {}

    /** One line that can be printed and stored. */
    static boolean plain(String text) {
        return !FOREIGN.matcher(text).find() && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** What has no place becomes a space. */
    static String cleaned(String text) {
        return FOREIGN.matcher(text).replaceAll(" ").codePoints().map(one -> one >= 0xD800 && one <= 0xDFFF ? ' ' : one)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString().strip();
    }

    /** In quotes, so that nothing in it ends them. */
    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
