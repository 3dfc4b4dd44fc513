package dev.drover.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlLinksTests {

    static Stream<Arguments> links() {
        return Stream.of(
                arguments("<a href=\"https://a.example/\">x</a>", "<a href=\"NEW\">x</a>"),
                arguments("<A class='b' HREF='https://a.example/' id=c>x</A>", "<A class='b' HREF='NEW' id=c>x</A>"),
                arguments("<a href=https://a.example/>x</a>", "<a href=NEW>x</a>"),
                arguments("<a\n  href = \"https://a.example/\"\n>x</a>", "<a\n  href = \"NEW\"\n>x</a>"),
                arguments("<a title=\"a > b\" data-href=\"https://b.example/\" href=\"https://a.example/\">x</a>", "<a title=\"a > b\" data-href=\"https://b.example/\" href=\"NEW\">x</a>"),
                arguments("<a disabled href=\"https://a.example/\" href=\"https://b.example/\">x</a>", "<a disabled href=\"NEW\" href=\"https://b.example/\">x</a>"),
                arguments("<map><area shape=rect href=\"https://a.example/\"/></map>", "<map><area shape=rect href=\"NEW\"/></map>"),
                arguments("<!--[if !mso]><!--><a href=\"https://a.example/\">x</a><!--<![endif]-->", "<!--[if !mso]><!--><a href=\"NEW\">x</a><!--<![endif]-->"),
                arguments("<![if !mso]><a href=\"https://a.example/\">x</a><![endif]>", "<![if !mso]><a href=\"NEW\">x</a><![endif]>"));
    }

    @ParameterizedTest
    @MethodSource("links")
    void aLinkIsExchangedAndNothingElse(String before, String after) {
        assertThat(HtmlLinks.of(before).with(url -> url.equals("https://a.example/") ? "NEW" : null, "", "")).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<!--[if mso]><v:roundrect href=\"https://a.example/\"><a href=\"https://a.example/\">x</a></v:roundrect><![endif]-->",
        "<!-- <a href=\"https://a.example/\"> -->",
        "<v:roundrect href=\"https://a.example/\">",
        "<link href=\"https://a.example/\" rel=stylesheet>",
        "<style>a[href=\"https://a.example/\"]::after { content: '<a href=\"https://a.example/\">' }</style>",
        "<script>'<a href=\"https://a.example/\">'</SCRIPT>",
        "<textarea><a href=\"https://a.example/\"></textarea>",
        "<img alt='<a href=\"https://a.example/\">'>",
        "<p>https://a.example/ &lt;a href=\"https://a.example/\"&gt;</p>",
        "a < b <a href=\"https://a.example/\"", "<a href=\"https://a.example/", "<a href", "<a href=", "<", "<!--", "</", "<a href=>x</a>", ""})
    void whatIsNoLinkStays(String html) {
        assertThat(HtmlLinks.of(html).with(url -> "NEW", "", "").replace("<a href=NEW>x</a>", "<a href=>x</a>")).isEqualTo(html);
    }

    @Test
    void entitiesAreRead() {
        assertThat(HtmlLinks.of("<a href=\"https://a.example/?x=1&amp;y&#x3D;2&copy=3\">").urls()).containsExactly("https://a.example/?x=1&y=2&copy=3");
    }

    @Test
    void whatComesFirstAndLastStandsInTheBody() {
        assertThat(HtmlLinks.of("<!DOCTYPE html><html><head><title>x</title></head><body class=b><a href='u'>x</a></body></html>").with(url -> "NEW", "[first]", "[last]"))
                .isEqualTo("<!DOCTYPE html><html><head><title>x</title></head><body class=b>[first]<a href='NEW'>x</a>[last]</body></html>");
        assertThat(HtmlLinks.of("<p>Hello</p>").with(url -> null, "[first]", "[last]")).isEqualTo("[first]<p>Hello</p>[last]");
        assertThat(HtmlLinks.of("<!doctype html><head></head><p>Hello</p>").with(url -> null, "[first]", "[last]"))
                .isEqualTo("<!doctype html><head></head>[first]<p>Hello</p>[last]");
        assertThat(HtmlLinks.of("<!-- </body> --><body>x<!-- </body> --></body>").with(url -> null, "[first]", "[last]"))
                .isEqualTo("<!-- </body> --><body>[first]x<!-- </body> -->[last]</body>");
        assertThat(HtmlLinks.of("</body><body>x").with(url -> null, "[first]", "[last]")).isEqualTo("</body><body>[first]x[last]");
    }

    @Test
    void aLongAndBrokenMailIsReadAtOnce() {
        for (String piece : new String[] {"<a href='", "<!-", "<title>", "<a =", "</", "<a href=\"x\" "}) {
            String html = piece.repeat(100_000);
            assertThat(HtmlLinks.of(html).with(url -> null, "", "")).isEqualTo(html);
        }
    }
}
