package dev.drover.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.kernel.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** MJML becomes a mail, and what stands between braces stays as it is. */
class TemplateDesignerTests {

    private final TemplateChecks checks = new TemplateChecks(new Renderer(), new StaticListableBeanFactory().getBeanProvider(TemplateVocabulary.class));
    private final TemplateDesigner designer = new TemplateDesigner(Mockito.mock(Templates.class), checks);

    @Test
    void aDesignBecomesAMailWithItsMergeTags() {
        String html = designer.html(designer.start(), "News");
        assertThat(html).contains("Hello {{default customer.firstName \"there\"}}", "href=\"{{links.unsubscribe}}\"", "{{sender.address}}", "<title>{{subject}}</title>").doesNotContain("drovertag");
        assertThat(html).doesNotContain("fonts.googleapis.com");
        assertThat(checks.errors("html", html)).isEmpty();
        assertThat(TemplateChecks.bytes(html)).isLessThan(20_000);
    }

    @Test
    void aLoopAroundPartsStaysALoop() {
        String html = designer.html("<mjml><mj-body><mj-section><mj-column><mj-raw>{{#each cart.items}}</mj-raw><mj-text>{{name}} &amp; {{default a &quot;b&quot;}}</mj-text><mj-raw>{{/each}}</mj-raw></mj-column></mj-section></mj-body></mjml>", "x");
        assertThat(html).contains("{{#each cart.items}}", "{{/each}}", "{{name}} &amp; {{default a \"b\"}}");
        assertThat(checks.errors("html", html)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<p>Hello</p>", "<mjml>\0</mjml>"})
    void whatIsNoDesignIsRefused(String mjml) {
        assertThatThrownBy(() -> designer.html(mjml, "x")).isInstanceOf(Problem.class);
    }

    @Test
    void nothingIsReadFromADiskOnADesignsBehalf() {
        String include = "<mjml><mj-body><mj-include path=\"/etc/passwd\"></mj-include><mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section></mj-body></mjml>";
        try {
            assertThat(designer.html(include, "x")).doesNotContain("root:");
        } catch (Problem refused) {
            assertThat(refused).hasMessageContaining("can't be made a mail");
        }
    }

    @Test
    void aHugeOrDeepDesignIsRefusedSoon() {
        assertThatThrownBy(() -> designer.html("<mjml>" + "x".repeat(400_000), "x")).isInstanceOf(Problem.class).hasMessageContaining("far larger");
        String deep = "<mjml><mj-body>" + "<mj-wrapper>".repeat(5_000);
        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(java.time.Duration.ofSeconds(20), () -> {
            try {
                designer.html(deep, "x");
            } catch (Problem refused) {
                assertThat(refused).hasMessageContaining("can't be made a mail");
            }
        });
    }
}
