package dev.drover.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.kernel.Channel;
import dev.drover.kernel.Problem;
import dev.drover.template.Templates.Template;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an author's HTML on its way to a mail. */
class PreparationTests {

    private final Renderer renderer = new Renderer();

    @Test
    void stylesGoIntoTheElementsAndMediaQueriesStay() {
        String html = render("""
                <style>p { color: red; margin: 0 } .big { font-size: 20px } p.big { color: blue } #x { color: green !important } a:hover { color: pink }
                @media (max-width: 599px) { p { color: black !important } }</style>
                <p class="big">one</p><p style="color: teal">two</p><p id=x style='color: teal; font-family: "A B"'>three</p>""");
        assertThat(html).contains("<p style=\"margin:0;font-size:20px;color:blue;\" class=\"big\">one</p>").contains("<p style=\"color:red;margin:0;color: teal\">two</p>")
                .contains("color: teal; font-family: \"A B\";color:green !important;'>three").contains("@media (max-width: 599px)", "a:hover");
    }

    @Test
    void mergeTagsAndTablesStayAsTheyWere() {
        assertThat(render("<style>td { padding: 1px }</style>\n<table>{{#each items}}<tr><td class=\"{{this}}\">{{this}}</td></tr>{{/each}}</table>&nbsp;<br/>"))
                .endsWith("<table><tr><td style=\"padding:1px;\" class=\"a\">a</td></tr><tr><td style=\"padding:1px;\" class=\"b\">b</td></tr></table>&nbsp;<br/>");
    }

    @Test
    void thePreheaderComesFirstWhereTheAuthorHasNoPlaceForIt() {
        var rendered = renderer.render(template("<html><body class=x><p>Hello</p></body></html>", "See inside"), Map.of());
        assertThat(rendered.html()).matches("<html><body class=x><div [^>]*>See inside</div><p>Hello</p></body></html>");
        assertThat(rendered.text()).isEqualTo("Hello");
        assertThat(renderer.render(template("<p>{{preheader}}</p>", "See inside"), Map.of()).html()).isEqualTo("<p>See inside</p>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", " JavaScript:alert(1)", "java\tscript:alert(1)", "\u0001javascript:alert(1)", "data:text/html,x", "vbscript:x", "java\nscript\n:x"})
    void noDataMakesALinkThatRuns(String value) {
        String html = renderer.render(template("<a href=\"{{site}}\">a</a><a href='{{site}}'>b</a><img src=\"{{site}}\"><a href=\"{{one}}{{two}}\">c</a>", null),
                Map.of("site", value, "one", value.substring(0, 6), "two", value.substring(6))).html();
        assertThat(html.replaceAll("[\\s\\p{Cntrl}]", "").toLowerCase()).doesNotContain("script:", "data:");
        assertThat(html).contains("<a href=\"#\">a</a><a href='#'>b</a>");
    }

    @Test
    void anHonestLinkStaysAndSoDoWordsThatLookLikeOne() {
        String html = "<a href=\"https://shop.example/?data:x=javascript:y\">javascript: the good parts</a><img src=\"data:image/png;base64,AA\"><p style=\"color:red\">href=x</p>";
        assertThat(render(html)).isEqualTo(html);
        assertThat(renderer.render(template("<p style=\"width:{{w}}\">x</p>", null), Map.of("w", "expression(alert(1))")).html()).isEqualTo("<p style=\"\">x</p>");
    }

    @Test
    void blocksAreForThoseTheyAreMeantFor() {
        String source = "{{#segment \"vip\"}}V{{else}}n{{/segment}}{{#segment 'new'}}N{{else}}o{{/segment}}{{#is decision \"premium\" \"gold\"}}P{{else}}b{{/is}}";
        assertThat(renderer.render(template(source, null), Map.of("segments", Map.of("vip", true, "new", false), "decision", "gold")).html()).isEqualTo("VoP");
        assertThat(renderer.render(template(source, null), Map.of()).html()).isEqualTo("nob");
        assertThat(renderer.needs(template(source + "{{cart.total}}{{name}}", null))).isEqualTo(new Needs(java.util.Set.of("cart", "name", "decision"), java.util.Set.of("new", "vip")));
    }

    @Test
    void aListMayBeCutAndADateIsTheCustomersOwn() {
        var data = Map.<String, Object>of("items", List.of("a", "b", "c"), "at", "2026-11-24T23:30:00Z", "customer", Map.of("timeZone", "Europe/Amsterdam"));
        assertThat(renderer.render(template("{{#each items limit=2}}{{this}}{{#unless @last}}, {{/unless}}{{/each}} {{date at \"d MMM HH:mm\"}} {{date at \"HH:mm\" \"UTC\"}}", null), data).html())
                .isEqualTo("a, b 25 Nov 00:30 23:30");
    }

    @Test
    void aMistakeIsToldByItsPlaceInTheAuthorsText() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> renderer.render(template("<style>p { color: red }</style>\n<p>{{date name}}</p>", null), Map.of("name", "Sam")))
                .isInstanceOf(Problem.class).hasMessageContaining("html, line 2, column ");
    }

    private String render(String html) {
        return renderer.render(template(html, null), Map.of("items", List.of("a", "b"))).html();
    }

    private static Template template(String html, @Nullable String preheader) {
        return new Template("t", "T", Channel.EMAIL, "marketing", "news", null, preheader, html, null, true, false, 1);
    }
}
