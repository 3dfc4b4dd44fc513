package dev.drover.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.kernel.Channel;
import dev.drover.kernel.Problem;
import dev.drover.template.Templates.Rendered;
import dev.drover.template.Templates.Template;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jspecify.annotations.Nullable;

/** A template is somebody's text: whatever stands in it, it reaches nothing but the data, and ends soon. */
class HostileTemplateTests {

    private final Renderer renderer = new Renderer();
    private final Map<String, Object> data = Map.of("name", "Sam", "items", List.of("a", "b", Map.of("x", 1)), "customer", Map.of("firstName", "Sam"),
            "many", Collections.nCopies(200, "x"), "evil", "<script>alert(1)</script>", "quote", "\" onload=\"x", "huge", "1e999999999");

    @ParameterizedTest
    @ValueSource(strings = {"{{class}}", "{{this.class}}", "{{this.class.name}}", "{{name.class}}", "{{name.bytes}}", "{{name.toString}}", "{{name.length}}",
            "{{customer.class.classLoader}}", "{{#with this.class}}{{this}}{{/with}}", "{{#with name}}{{class.name}}{{bytes}}{{/with}}",
            "{{#each items}}{{class}}{{this.class.name}}{{bytes}}{{hashCode}}{{/each}}", "{{#each items}}{{#with this}}{{getClass}}{{/with}}{{/each}}",
            "{{__proto__}}", "{{constructor}}", "{{constructor.constructor}}", "{{customer.__proto__.x}}", "{{customer.entrySet}}", "{{customer.empty}}",
            "{{items.class}}", "{{items.first}}", "{{@root.class}}", "{{@partial-block}}", "{{../../../class}}", "{{#if this.class}}yes{{/if}}",
            "{{[class]}}", "{{this.[class].[name]}}", "{{#each this.class}}x{{/each}}", "{{default this.class ''}}"})
    void reachesNoObjectBehindTheData(String source) {
        assertThat(render(source).html()).matches("\\s*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{> header}}", "{{>/etc/passwd}}", "{{#> layout}}x{{/layout}}", "{{> (lookup this 'name')}}", "{{#*inline 'a'}}{{> a}}{{/inline}}{{> a}}",
            "{{* decorate}}", "{{{evil}}}", "{{&evil}}", "{{& evil}}", "{{~{evil}~}}", "{{{{raw}}}}x{{{{/raw}}}}", "{{=<% %>=}}<%& evil %>", "{{lookup this '__proto__'}}",
            "{{lookup customer 'class'}}", "{{#block 'x'}}{{/block}}", "{{partial 'x'}}", "{{include 'x'}}", "{{log name}}", "{{precompile 'x'}}", "{{embedded 'x'}}",
            "{{i18n 'x'}}", "{{nothing name}}", "{{#nothing name}}x{{/nothing}}", "{{nothing a=1}}", "{{#each items}}", "{{/each}}", "{{#if name}}x{{/unless}}",
            "{{", "{{}}", "{{name", "{{#each}}", "{{!-- }} {{> x}} --}}"})
    void refusesWhatNoMessageNeedsWhenItIsSaved(String source) {
        var problems = renderer.check("html", source);
        assertThat(problems).isNotEmpty();
        assertThat(problems).allSatisfy(problem -> {
            assertThat(problem.line()).isEqualTo(1);
            assertThat(problem.column()).isBetween(1, source.length() + 1);
        });
    }

    static List<String> bottomless() {
        return List.of("{{#each many}}{{#each ../many}}{{#each ../../many}}x{{/each}}{{/each}}{{/each}}",
                "{{#each many}}{{#each @root.many}}{{#each @root.many}}{{/each}}{{/each}}{{/each}}",
                "{{a}}".repeat(60_000), "{{#each many}}" + "long text ".repeat(40_000) + "{{/each}}",
                "{{#each many}}{{#each ../many}}" + "x".repeat(10_000) + "{{/each}}{{/each}}",
                "{{#if name}}".repeat(5_000) + "{{/if}}".repeat(5_000),
                "{{#if name}}".repeat(60) + "deep" + "{{/if}}".repeat(60),
                "{{default " + "(default ".repeat(3_000) + "name" + ")".repeat(3_000) + "}}",
                "{{" + "a.".repeat(50_000) + "b}}", "{{" + "../".repeat(50_000) + "b}}", "{{".repeat(100_000), "{{#".repeat(50_000), "{{!".repeat(50_000), "(".repeat(100_000) + "{{" + "(".repeat(100_000),
                "x".repeat(2_000_000), "{{money huge}}", "{{plural huge 'a' 'b'}}", "{{date huge}}", "{{date name \"" + "y".repeat(100_000) + "\"}}");
    }

    @ParameterizedTest
    @MethodSource("bottomless")
    void endsSoonWhateverItAsksFor(String source) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            renderer.check("html", source);
            try {
                assertThat(render(source).html()).hasSizeLessThanOrEqualTo(Renderer.MOST_OUTPUT);
            } catch (Problem refused) {
                assertThat(refused.errors()).singleElement().satisfies(error -> assertThat(error.field()).isEqualTo("html"));
            }
        });
    }

    @Test
    void dataIsNeverHtml() {
        assertThat(render("<p title=\"{{quote}}\">{{evil}}</p>").html()).isEqualTo("<p title=\"&quot; onload&#x3D;&quot;x\">&lt;script&gt;alert(1)&lt;/script&gt;</p>");
        assertThat(render("{{default evil 'x'}}{{#each items}}{{../evil}}{{/each}}").html()).doesNotContain("<script");
        assertThat(render("{{plural 2 evil evil}}{{money 2 evil}}").html()).doesNotContain("<script");
    }

    @Test
    void dataIsNeverATemplate() {
        assertThat(renderer.render(template("Hi {{name}}", "{{name}}"), Map.of("name", "{{evil}}", "evil", "no")).html()).isEqualTo("{{evil}}");
    }

    @Test
    void aSubjectIsOneLine() {
        var rendered = renderer.render(template("Hello {{name}}", "x"), Map.of("name", "Sam\r\nBcc: everybody@example.org\u2028\u0000!"));
        assertThat(rendered.subject()).isEqualTo("Hello Sam Bcc: everybody@example.org !");
    }

    @Test
    void aMistakeIsToldWithItsPlace() {
        assertThat(renderer.check("html", "<p>\n  {{#if name}}\n  hello\n</p>\n")).singleElement().satisfies(problem -> assertThat(problem.line()).isGreaterThanOrEqualTo(2));
        assertThat(renderer.check("html", "one\ntwo {{{evil}}}")).containsExactly(new TemplateProblem("html", 2, 5,
                "Unescaped output ({{{…}}} or {{&…}}) isn't available: a customer's name would become HTML."));
        assertThat(renderer.check("html", "one\ntwo {{mony name}}")).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.column()).isBetween(5, 8);
            assertThat(problem.message()).contains("mony");
        });
        assertThatThrownBy(() -> render("\n\n{{date name}}")).isInstanceOf(Problem.class).hasMessageContaining("html, line 3, column ").hasMessageContaining("'Sam' isn't a time");
    }

    @Test
    void anHonestTemplateDoesWhatItSays() {
        assertThat(renderer.check("html", "{{! a note }}{{#each items}}{{@index}}{{else}}none{{/each}}{{#unless name}}x{{/unless}}{{#with customer}}{{firstName}}{{/with}}")).isEmpty();
        assertThat(render("{{#each items}}{{#unless @first}}, {{/unless}}{{@index}}{{/each}} {{default missing \"friend\"}} {{money 1234.5 \"EUR\"}} "
                + "{{plural 1 \"item\" \"items\"}} {{customer.firstName}} {{missing.thing}}{{#if name}}yes{{else}}no{{/if}}").html())
                .isEqualTo("0, 1, 2 friend EUR 1,234.50 1 item Sam yes");
        assertThat(renderer.mergeTags(List.of("{{customer.firstName}} {{#each cart.items}}{{name}}{{money price ../cart.currency}}{{/each}} {{default x \"y\"}}")))
                .containsExactly("cart.currency", "cart.items", "customer.firstName", "name", "price", "x");
    }

    private Rendered render(String source) {
        return renderer.render(template(null, source), data);
    }

    private static Template template(@Nullable String subject, String html) {
        return new Template("t", "T", Channel.EMAIL, "marketing", "news", subject, null, html, null, true, false, 1);
    }
}
