package dev.drover.tracking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.jsoup.parser.Parser;

/**
 * The links of a mail's HTML and the places where they stand. Read once from left to right; everything else stays as it was, letter by letter:
 * a mail's HTML is written for programs that no parser knows, and what a parser writes anew may look different in them. What stands in
 * comments, Outlook's conditional ones among them, is left alone.
 */
final class HtmlLinks {

    /** What these hold is text, whatever it looks like. */
    private static final Set<String> TEXT_ONLY = Set.of("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes");

    /** @param url the attribute's value as a program reads it */
    record Place(int from, int to, String url) {}

    private record Edit(int from, int to, String text) {}

    private final String html;
    private final List<Place> places = new ArrayList<>();
    /** Where the body begins: after {@code <body>}, or where there is none after {@code </head>}, {@code <html>} or the doctype. */
    private int begin;
    private boolean bodyBegun;
    private int bodyEnd = -1;

    private HtmlLinks(String html) {
        this.html = html;
    }

    static HtmlLinks of(String html) {
        var links = new HtmlLinks(html);
        int at = html.indexOf('<');
        while (at >= 0) {
            at = html.indexOf('<', links.markup(at));
        }
        return links;
    }

    List<String> urls() {
        return places.stream().map(Place::url).toList();
    }

    /**
     * @param replacement what stands for a link; {@code null}: it stays
     * @param first       put at the beginning of the body
     * @param last        put at its end
     */
    String with(Function<String, @Nullable String> replacement, String first, String last) {
        var edits = new ArrayList<Edit>();
        edits.add(new Edit(begin, begin, first));
        for (Place place : places) {
            String instead = replacement.apply(place.url());
            if (instead != null) {
                edits.add(new Edit(place.from(), place.to(), instead));
            }
        }
        int end = bodyEnd < begin ? html.length() : bodyEnd;
        edits.add(new Edit(end, end, last));
        edits.sort(Comparator.comparingInt(Edit::from));
        var out = new StringBuilder(html.length() + 1_024);
        int done = 0;
        for (Edit edit : edits) {
            out.append(html, done, edit.from()).append(edit.text());
            done = edit.to();
        }
        return out.append(html, done, html.length()).toString();
    }

    /** @return where to go on */
    private int markup(int at) {
        if (html.startsWith("<!--", at)) {
            // From the second character on, as `<!-->` is a whole comment.
            return after("-->", at + 2);
        }
        char next = at + 1 < html.length() ? html.charAt(at + 1) : ' ';
        if (next == '!' || next == '?') {
            int end = after(">", at);
            if (html.regionMatches(true, at, "<!doctype", 0, 9)) {
                beginAt(end);
            }
            return end;
        }
        if (next == '/') {
            int end = after(">", at);
            switch (name(at + 2)) {
                case "head" -> beginAt(end);
                case "body" -> bodyEnd = at;
                default -> { }
            }
            return end;
        }
        return Character.isLetter(next) ? tag(at) : at + 1;
    }

    private int tag(int start) {
        String name = name(start + 1);
        boolean link = name.equals("a") || name.equals("area");
        Place href = null;
        int at = start + 1 + name.length();
        while (at < html.length() && html.charAt(at) != '>') {
            if (Character.isWhitespace(html.charAt(at)) || html.charAt(at) == '/') {
                at++;
                continue;
            }
            int from = at;
            do {
                at++;
            } while (at < html.length() && " \t\r\n\f/>=".indexOf(html.charAt(at)) < 0);
            String attribute = html.substring(from, at);
            int equals = skipBlanks(at);
            if (equals >= html.length() || html.charAt(equals) != '=') {
                continue;
            }
            var value = value(skipBlanks(equals + 1));
            at = value.quoted() ? value.to() + 1 : value.to();
            // Of two, the first one counts.
            if (link && href == null && attribute.equalsIgnoreCase("href")) {
                href = new Place(value.from(), value.to(), Parser.unescapeEntities(html.substring(value.from(), value.to()), true));
            }
        }
        if (at >= html.length()) {
            // A tag that never ends is none.
            return html.length();
        }
        int end = at + 1;
        if (href != null) {
            places.add(href);
        }
        if (name.equals("html") || name.equals("body")) {
            beginAt(end);
            bodyBegun |= name.equals("body");
        }
        return TEXT_ONLY.contains(name) ? endOfText(name, end) : end;
    }

    private void beginAt(int place) {
        if (!bodyBegun) {
            begin = place;
        }
    }

    private record Value(int from, int to, boolean quoted) {}

    private Value value(int at) {
        if (at < html.length() && (html.charAt(at) == '"' || html.charAt(at) == '\'')) {
            int end = html.indexOf(html.charAt(at), at + 1);
            return new Value(at + 1, end < 0 ? html.length() : end, true);
        }
        int end = at;
        while (end < html.length() && html.charAt(end) != '>' && !Character.isWhitespace(html.charAt(end))) {
            end++;
        }
        return new Value(at, end, false);
    }

    private int endOfText(String name, int from) {
        for (int at = html.indexOf("</", from); at >= 0; at = html.indexOf("</", at + 2)) {
            if (html.regionMatches(true, at + 2, name, 0, name.length())) {
                return at;
            }
        }
        return html.length();
    }

    private String name(int from) {
        int end = from;
        while (end < html.length() && " \t\r\n\f/>".indexOf(html.charAt(end)) < 0) {
            end++;
        }
        return html.substring(from, end).toLowerCase(Locale.ROOT);
    }

    private int skipBlanks(int at) {
        while (at < html.length() && Character.isWhitespace(html.charAt(at))) {
            at++;
        }
        return at;
    }

    private int after(String what, int from) {
        int found = html.indexOf(what, from);
        return found < 0 ? html.length() : found + what.length();
    }
}
