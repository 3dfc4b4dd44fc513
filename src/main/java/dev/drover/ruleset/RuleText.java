package dev.drover.ruleset;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One rule in force, to be read.
 *
 * @param line     where it begins, first is 1
 * @param comment  what its author wrote above it, without the slashes; empty: nothing
 * @param segments keys of the segments it puts customers into
 * @param version  of its file; 0: a draft
 */
public record RuleText(String name, String file, int line, String source, String comment, Set<String> segments, int version) {

    private static final Pattern TITLE = Pattern.compile("([^:.]{2,40}): +(.+)", Pattern.DOTALL);

    /** A comment that begins {@code Title: explanation} names the segment; else its key does. */
    public String title(String key) {
        var named = TITLE.matcher(comment);
        if (segments.size() == 1 && named.matches()) {
            return named.group(1);
        }
        String words = key.replace('-', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** The comment without the title. */
    public String explanation() {
        var named = TITLE.matcher(comment);
        String text = named.matches() ? named.group(2) : comment;
        return text.isEmpty() ? "" : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
