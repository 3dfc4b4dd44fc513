package dev.drover.tracking;

import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The links of a mail's text part. Where one ends, nobody says: what usually follows a link, a full stop or the bracket it stands in, is left out. */
record TextLinks(String text) {

    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]+", Pattern.CASE_INSENSITIVE);
    private static final String NOT_LAST = ".,;:!?'*";
    private static final String OPENING = "([{";
    private static final String CLOSING = ")]}";

    List<String> urls() {
        return LINK.matcher(text).results().map(found -> url(found.group())).toList();
    }

    /** @param replacement what stands for a link; {@code null}: it stays */
    String with(Function<String, @Nullable String> replacement) {
        return LINK.matcher(text).replaceAll(found -> Matcher.quoteReplacement(replaced(found, replacement)));
    }

    private static String replaced(MatchResult found, Function<String, @Nullable String> replacement) {
        String whole = found.group();
        String url = url(whole);
        String instead = replacement.apply(url);
        return instead == null ? whole : instead + whole.substring(url.length());
    }

    private static String url(String found) {
        // By kind of bracket, how many close that were not opened.
        int[] surplus = new int[CLOSING.length()];
        found.chars().forEach(c -> {
            if (OPENING.indexOf(c) >= 0) {
                surplus[OPENING.indexOf(c)]--;
            } else if (CLOSING.indexOf(c) >= 0) {
                surplus[CLOSING.indexOf(c)]++;
            }
        });
        int end = found.length();
        while (NOT_LAST.indexOf(found.charAt(end - 1)) >= 0 || CLOSING.indexOf(found.charAt(end - 1)) >= 0 && surplus[CLOSING.indexOf(found.charAt(end - 1))]-- > 0) {
            end--;
        }
        return found.substring(0, end);
    }
}
