package dev.drover.segment.builder;

import java.nio.charset.StandardCharsets;

/** Texts as rule files hold them. */
final class Texts {

    private Texts() {}

    /** One line that can be printed and stored: no control characters, no line ends of any kind, no half characters. */
    static boolean plain(String text) {
        return text.codePoints().noneMatch(one -> Character.isISOControl(one) || one == 0x2028 || one == 0x2029) && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** In quotes, so that nothing in it ends them. */
    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
