package dev.drover.template;

import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/** The text part of a mail, made from its HTML: paragraphs by blank lines, links with their address. What is hidden is left out. */
final class PlainText implements NodeFilter {

    private static final Set<String> BLOCKS = Set.of("p", "div", "h1", "h2", "h3", "h4", "table", "tr", "ul", "ol", "li", "blockquote", "hr");
    private static final Set<String> UNSEEN = Set.of("style", "script", "head", "title");
    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");
    private static final Pattern BLANKS_AT_ENDS = Pattern.compile(" *\\n *");
    private static final Pattern EMPTY_LINES = Pattern.compile("\\n{3,}");

    private final StringBuilder text = new StringBuilder();

    private PlainText() {}

    /** One is made for each mail that has no text of its own, so no selector is parsed on the way. */
    static String of(String html) {
        var made = new PlainText();
        Jsoup.parse(html).body().filter(made);
        String lines = BLANKS_AT_ENDS.matcher(BLANKS.matcher(made.text.toString().replace('\u00a0', ' ')).replaceAll(" ")).replaceAll("\n");
        return EMPTY_LINES.matcher(lines).replaceAll("\n\n").strip();
    }

    @Override
    public FilterResult head(Node node, int depth) {
        if (node instanceof TextNode words) {
            append(words.text());
        } else if (node instanceof Element element) {
            if (isHidden(element)) {
                return FilterResult.SKIP_ENTIRELY;
            }
            switch (element.normalName()) {
                case "br" -> text.append('\n');
                case "li" -> text.append("\n- ");
                default -> { }
            }
        }
        return FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        if (node instanceof Element element) {
            String name = element.normalName();
            if (name.equals("a") && element.attr("href").startsWith("http") && element.hasText()) {
                text.append(" (").append(element.attr("href")).append(')');
            } else if (name.equals("td")) {
                append(" ");
            } else if (BLOCKS.contains(name)) {
                text.append("\n\n");
            }
        }
        return FilterResult.CONTINUE;
    }

    private static boolean isHidden(Element element) {
        return UNSEEN.contains(element.normalName()) || element.attr("aria-hidden").equalsIgnoreCase("true") || element.attr("data-text").equalsIgnoreCase("no");
    }

    private void append(String words) {
        if (!words.isBlank()) {
            text.append(words);
        } else if (!text.isEmpty() && !Character.isWhitespace(text.charAt(text.length() - 1))) {
            text.append(' ');
        }
    }
}
