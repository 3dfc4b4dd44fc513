package dev.drover.template;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** The text part of a mail, made from its HTML: paragraphs by blank lines, links with their address. What is hidden is left out. */
final class PlainText {

    private static final String BLOCKS = "p, div, h1, h2, h3, h4, table, tr, ul, ol, li, blockquote, hr";

    private PlainText() {}

    static String of(String html) {
        var document = Jsoup.parse(html);
        document.select("style, script, head, title, [aria-hidden=true], [data-text=no]").remove();
        var text = new StringBuilder();
        document.body().traverse(new NodeVisitor() {
            @Override
            public void head(Node node, int depth) {
                if (node instanceof TextNode words) {
                    append(text, words.text());
                } else if (node instanceof Element element) {
                    if (element.is("br")) {
                        text.append('\n');
                    } else if (element.is("li")) {
                        text.append("\n- ");
                    } else if (element.is("img") && !element.attr("alt").isBlank() && !element.hasParent()) {
                        append(text, element.attr("alt"));
                    }
                }
            }

            @Override
            public void tail(Node node, int depth) {
                if (node instanceof Element element) {
                    if (element.is("a") && element.attr("href").startsWith("http") && !element.text().isBlank()) {
                        text.append(" (").append(element.attr("href")).append(')');
                    } else if (element.is("td")) {
                        append(text, " ");
                    } else if (element.is(BLOCKS)) {
                        text.append("\n\n");
                    }
                }
            }
        });
        return text.toString().replace('\u00a0', ' ').replaceAll("[ \\t]+", " ").replaceAll(" *\\n *", "\n").replaceAll("\\n{3,}", "\n\n").strip();
    }

    private static void append(StringBuilder text, String words) {
        if (!words.isBlank()) {
            text.append(words);
        } else if (!text.isEmpty() && !Character.isWhitespace(text.charAt(text.length() - 1))) {
            text.append(' ');
        }
    }
}
