package dev.drover.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * A template's HTML, read with its merge tags blanked out by as many spaces, so that a loop between two rows of a table does no harm to the
 * table and everything keeps its place in the source.
 *
 * @param source with its merge tags
 */
record Markup(String source, Document document) {

    /** @param value with its merge tags @param at where the value begins */
    record Attribute(String value, int at) {}

    /** @param from of its braces @param to behind them */
    record Tag(int from, int to) {

        String in(String source) {
            return source.substring(from, to);
        }
    }

    static Markup of(String source) {
        return new Markup(source, Parser.htmlParser().setTrackPosition(true).parseInput(blanked(source), ""));
    }

    /** The merge tags of a text, in one pass however hostile it is; one that isn't closed is none. */
    static List<Tag> tags(String source) {
        var tags = new ArrayList<Tag>();
        int last = source.lastIndexOf("}}");
        int lastComment = source.lastIndexOf("--}}");
        for (int from = source.indexOf("{{"); from >= 0 && from < last; from = source.indexOf("{{", from)) {
            boolean comment = (source.startsWith("{{!--", from) || source.startsWith("{{~!--", from)) && from < lastComment;
            int to = comment ? source.indexOf("--}}", from) + 4 : source.indexOf("}}", from) + 2;
            tags.add(new Tag(from, to));
            from = to;
        }
        return tags;
    }

    static String blanked(String source) {
        return blanked(source, ' ');
    }

    static String blanked(String source, char filler) {
        var blank = new StringBuilder(source);
        for (Tag tag : tags(source)) {
            for (int at = tag.from(); at < tag.to(); at++) {
                if (source.charAt(at) != '\n') {
                    blank.setCharAt(at, filler);
                }
            }
        }
        return blank.toString();
    }

    /** Where the element's start tag begins; where the parser put the element in by itself: the beginning. */
    int at(Element element) {
        return written(element) ? element.sourceRange().startPos() : 0;
    }

    /** Whether the element stands in the source. */
    boolean written(Element element) {
        return element.sourceRange().isTracked() && !element.sourceRange().isImplicit();
    }

    Optional<Attribute> attribute(Element element, String name) {
        var range = element.attributes().sourceRange(name);
        if (!element.hasAttr(name)) {
            return Optional.empty();
        }
        if (!range.isTracked() || !range.valueRange().isTracked() || range.valueRange().endPos() <= range.valueRange().startPos()) {
            return Optional.of(new Attribute(element.attr(name), at(element)));
        }
        return Optional.of(new Attribute(source.substring(range.valueRange().startPos(), range.valueRange().endPos()), range.valueRange().startPos()));
    }

    /** Whether there is anything to read or see within: words, a merge tag, or a picture that says what it is. */
    boolean saysSomething(Element element) {
        if (element.hasText() || !element.select("img[alt]:not([alt=''])").isEmpty()) {
            return true;
        }
        int from = element.sourceRange().endPos();
        int to = element.endSourceRange().isTracked() ? element.endSourceRange().startPos() : from;
        return to > from && to <= source.length() && source.substring(from, to).replaceAll("<[^>]*+>", "").contains("{{");
    }
}
