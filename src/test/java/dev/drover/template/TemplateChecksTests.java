package dev.drover.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** What an author is told before anything is sent, and on which line. */
class TemplateChecksTests {

    private static final String HONEST = """
            <!DOCTYPE html>
            <html lang="en">
            <head><title>{{subject}}</title></head>
            <body>
            <h1 style="color:#20231f">Hello {{default customer.firstName "there"}}</h1>
            <table role="presentation">{{#each cart.items}}<tr><td>{{name}} {{money lineTotal ../cart.currency}}</td></tr>{{/each}}</table>
            {{#segment "vip"}}<p>Thank you, {{customer.attributes.nick}}.</p>{{else}}<p>Welcome.</p>{{/segment}}
            <p><a href="{{cart.restoreUrl}}"><img src="https://shop.example/a.png" width="20" alt="Your basket"></a></p>
            <p><a href="{{links.unsubscribe}}">Unsubscribe</a> {{sender.address}}</p>
            </body>
            </html>
            """;

    private final TemplateChecks checks = new TemplateChecks(new Renderer(), new StaticListableBeanFactory(Map.of("words", new Words())).getBeanProvider(TemplateVocabulary.class));

    private static final class Words implements TemplateVocabulary {

        @Override
        public List<MergeTag> tags() {
            return List.of(new MergeTag("customer.firstName", ""), new MergeTag("cart.items[].name", ""), new MergeTag("cart.items[].lineTotal", ""), new MergeTag("cart.currency", ""),
                    new MergeTag("cart.restoreUrl", ""), new MergeTag("links.unsubscribe", ""), new MergeTag("sender.address", ""), new MergeTag("subject", ""));
        }

        @Override
        public boolean knowsSegment(String key) {
            return key.equals("vip");
        }
    }

    @Test
    void anHonestMailHasNothingToMend() {
        var result = checks.of(Map.of("html", HONEST), "marketing");
        assertThat(result.problems()).isEmpty();
        assertThat(result.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <a href="">x</a>                              | This link leads nowhere: its href is empty.
            <a>x</a>                                      | This link leads nowhere: it has no href.
            <a href="#">x</a>                             | placeholder (#)
            <a href="#top">x</a>                          | No part of this mail is called 'top'.
            <a href="/sale">x</a>                         | '/sale' is no whole address
            <a href="//shop.example/x">x</a>              | Say https
            <a href="http://shop.example/">sale</a>       | use https:
            <a href="https://example.com/">sale</a>       | looks like a placeholder
            <a href="https://shop example/">sale</a>      | no address that a browser would understand
            <a href="ftp://shop.example/">sale</a>        | Few mail programs open 'ftp:'
            <a href="https://shop.example/"></a>          | This link has no words
            <a href="https://shop.example/">click here</a> | says nothing about where it leads
            <img src="https://shop.example/a.png" width=1> | This picture has no alt
            <img src="https://shop.example/a.png" alt="x"> | This picture has no width
            <img src="" alt="x" width=1>                  | src is empty
            <img src="a.png" alt="x" width=1>             | 'a.png' is no whole address
            <img src="data:image/png;base64,AA" alt="" width=1> | Gmail and Outlook don't show
            <p style="color:#bbb">pale</p>                | their contrast is 1.9 to 1
            <p class=pale>pale</p><style>.pale { color: #bbb }</style> | their contrast is 1.9 to 1
            <table><tr><td>x</td></tr></table>            | role="presentation"
            <form><input></form>                          | forms
            <link rel=stylesheet href=x.css>              | Style sheets from elsewhere
            <style>@media (max-width: 1px) { p { color: red } }</style> | Say !important
            <p style="width:{{customer.firstName}}">x</p> | A merge tag in a style
            {{customer.fristName}}                        | Nothing is called 'customer.fristName'. Did you mean customer.firstName?
            {{default nobodyKnows "x"}}                   | Nothing here is called 'nobodyKnows'
            {{#each cart.items}}{{weight}}{{/each}}       | Nothing here is called 'weight'
            {{#segment "vips"}}x{{/segment}}              | There is no segment 'vips'""")
    void whatCouldBeBetterIsToldOnItsLine(String html, String words) {
        var result = checks.of(Map.of("html", "<p>first</p>\n" + html), null);
        assertThat(result.problems()).isEmpty();
        assertThat(result.warnings()).anySatisfy(finding -> {
            assertThat(finding.message()).contains(words);
            assertThat(finding.line()).isEqualTo(2);
        });
    }

    @Test
    void aWholeDocumentSaysItsLanguageAndItsTitle() {
        assertThat(checks.of(Map.of("html", "<html><body>x</body></html>"), null).warnings()).extracting(Finding::message).anyMatch(one -> one.startsWith("Say the language"))
                .anyMatch(one -> one.startsWith("A <title>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a href=\"javascript:alert(1)\">x</a>", "<a href=\" java&#10;script:alert(1)\">x</a>", "<a href='JaVaScRiPt:x'>x</a>", "<a href=\"data:text/html,x\">x</a>",
            "<a href=\"vbscript:x\">x</a>", "<script>alert(1)</script>", "<p onclick=\"x()\">x</p>", "<iframe src=\"https://x.example\"></iframe>",
            "<p style=\"width:expression(alert(1))\">x</p>", "<style>p { behavior: url(x) }</style>", "<meta http-equiv=refresh content='0;url=https://x.example'>", "<img src=\"javascript:x\" alt=x>"})
    void whatWouldRunIsRefused(String html) {
        assertThat(checks.errors("html", "<p>first</p>\n" + html)).isNotEmpty().allSatisfy(problem -> assertThat(problem.line()).isEqualTo(2));
    }

    @Test
    void aMarketingMailWantsItsWayOutAndItsAddress() {
        assertThat(checks.of(Map.of("html", "<p>Buy</p>"), "marketing").warnings()).extracting(Finding::message).anyMatch(one -> one.contains("{{links.unsubscribe}}"))
                .anyMatch(one -> one.contains("{{sender.address}}"));
        assertThat(checks.of(Map.of("html", "<p>Buy</p>"), "transactional").warnings()).isEmpty();
    }

    @Test
    void aMailBeyondAHundredKilobytesIsRefusedAndOneNearItWarned() {
        assertThat(checks.errors("html", "x".repeat(100 * 1_024 + 1))).singleElement().satisfies(problem -> assertThat(problem.message()).contains("101 KB", "102 KB"));
        var near = new LinkedHashMap<String, String>(Map.of("html", "é".repeat(45 * 1_024)));
        assertThat(checks.of(near, null).problems()).isEmpty();
        assertThat(checks.of(near, null).warnings()).anySatisfy(one -> assertThat(one.message()).contains("90 KB"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<div>", "<a href=#>", "<p style='color:#ccc'>x", "<style>p{color:red}</style><p>", "{{!-- ", "@media{a{b:c}", "<table><tr>", "<a href='{{x}}'>"})
    void looksAtHostileTextsWithinASecondOrTwo(String piece) {
        String many = piece.repeat(95_000 / piece.length());
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> checks.of(Map.of("html", many), "marketing"));
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> checks.of(Map.of("html", "<style>" + "div div p { color: red } ".repeat(900) + "</style>" + many.substring(0, 60_000)), "marketing"));
    }
}
