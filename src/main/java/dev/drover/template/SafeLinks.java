package dev.drover.template;

import java.util.Locale;
import java.util.Set;

/**
 * Looks at a filled mail for addresses that data turned into something that runs: {@code href="{{customer.attributes.site}}"} and a site of
 * {@code javascript:…}. Mail programs drop such links, but a mail is also looked at here. What the template itself says was checked when it was saved.
 */
final class SafeLinks {

    private static final Set<String> ADDRESSES = Set.of("href", "src", "action", "formaction", "background", "poster", "cite", "data", "style");
    private static final Set<String> UNSAFE = Set.of("javascript", "vbscript", "livescript", "data", "file", "blob");

    private SafeLinks() {}

    /** The same text, unsafe addresses led to {@code #}. */
    static String of(String html) {
        StringBuilder safe = null;
        int copied = 0;
        for (int equals = html.indexOf('='); equals >= 0; equals = html.indexOf('=', equals + 1)) {
            String name = nameBefore(html, equals);
            if (!ADDRESSES.contains(name)) {
                continue;
            }
            int from = afterSpace(html, equals + 1);
            boolean quoted = from < html.length() && (html.charAt(from) == '"' || html.charAt(from) == '\'');
            int value = quoted ? from + 1 : from;
            boolean bad = name.equals("style") ? runs(html, value, quoted ? html.charAt(from) : ' ') : UNSAFE.contains(schemeAt(html, value)) && !picture(name, html, value);
            if (bad) {
                int end = end(html, value, quoted ? html.charAt(from) : ' ');
                safe = safe == null ? new StringBuilder(html.length()) : safe;
                safe.append(html, copied, value).append(name.equals("style") ? "" : "#");
                copied = end;
                equals = Math.max(equals, end - 1);
            }
        }
        return safe == null ? html : safe.append(html, copied, html.length()).toString();
    }

    private static String nameBefore(String html, int equals) {
        int end = equals;
        while (end > 0 && Character.isWhitespace(html.charAt(end - 1))) {
            end--;
        }
        int start = end;
        while (start > 0 && end - start < 12 && Character.isLetter(html.charAt(start - 1))) {
            start--;
        }
        return html.substring(start, end).toLowerCase(Locale.ROOT);
    }

    private static int afterSpace(String html, int at) {
        while (at < html.length() && Character.isWhitespace(html.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Browsers pass over spaces and control characters within a scheme. */
    private static String schemeAt(String html, int at) {
        var scheme = new StringBuilder();
        for (int n = at; n < html.length() && n - at < 60; n++) {
            char one = html.charAt(n);
            if (one == ':') {
                return scheme.toString().toLowerCase(Locale.ROOT);
            }
            if (Character.isLetter(one)) {
                scheme.append(one);
            } else if (one > ' ' && !Character.isISOControl(one)) {
                return "";
            }
        }
        return "";
    }

    private static boolean picture(String name, String html, int at) {
        return name.equals("src") && html.regionMatches(true, at, "data:image/", 0, 11) && !html.regionMatches(true, at, "data:image/svg", 0, 14);
    }

    /** Looks where such a word would end, at signs that are rarer than letters. */
    private static boolean runs(String html, int at, char quote) {
        int end = end(html, at, quote);
        for (int n = at; n < end; n++) {
            boolean bad = switch (html.charAt(n)) {
                case '(' -> endsWith("expression", html, at, n);
                case ':' -> endsWith("javascript", html, at, n) || endsWith("vbscript", html, at, n);
                case '-' -> html.regionMatches(true, n, "-moz-binding", 0, 12);
                default -> false;
            };
            if (bad) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsWith(String word, String html, int from, int end) {
        int start = end - word.length();
        return start >= from && html.regionMatches(true, start, word, 0, word.length());
    }

    private static int end(String html, int at, char quote) {
        int end = at;
        while (end < html.length() && html.charAt(end) != (quote == ' ' ? '>' : quote) && !(quote == ' ' && Character.isWhitespace(html.charAt(end)))) {
            end++;
        }
        return end;
    }
}
