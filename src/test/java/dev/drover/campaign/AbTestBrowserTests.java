package dev.drover.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.drover.kernel.Channel;
import dev.drover.kernel.TimeMachine;
import dev.drover.testing.Api;
import dev.drover.testing.Browser;
import dev.drover.testing.IntegrationTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A marketer sets up a test of subjects in a real browser, and reads what came of it. */
@IntegrationTest
class AbTestBrowserTests {

    @LocalServerPort
    int port;

    @Autowired
    Sendings sendings;

    @Autowired
    TimeMachine time;

    private final String own = "Test " + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void variantsAreSetUpInTheWizardAndTheReportSaysWhatWasDecided() throws Exception {
        var api = new Api("http://localhost:" + port, "test-token");
        String segment = sendings.segment(api, sendings.people(api, 60));
        long id = api.postJson("/api/v1/campaigns", "{\"name\": \"%s\", \"segment\": \"%s\", \"template\": \"%s\"}".formatted(own, segment, sendings.template(Channel.EMAIL))).get("id").asLong();
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            window.visit("/campaigns/" + id + "/options");
            assertThat(page.isVisible("#variants")).isFalse();
            page.check("#tries");
            page.waitForSelector("#variants");
            assertThat(page.isVisible("#says-2")).isFalse();
            page.click("text=Go on: check");
            page.waitForSelector("#variant-mistake-1");
            assertThat(page.textContent("#variant-mistake-1")).contains("Say what is different in variant 'B'");
            assertThat(window.barriers()).isEmpty();

            page.fill("#says-1", "Fresh cheese");
            page.waitForSelector("#kept:has-text('Saved')");
            page.waitForSelector("#test-size:has-text('1,000 of each are needed')");
            page.click("text=Add a variant");
            page.waitForSelector("#says-2:focus");
            page.keyboard().type("Cheese for you");
            page.fill("#test-share", "100");
            page.fill("#wait-hours", "1");
            page.fill("#minimum-sample", "5");
            page.waitForSelector("#test-size:has-text('With 60 recipients in the test, about 20 for each variant')");
            assertThat(window.barriers()).isEmpty();
            assertThat(window.overhang()).isZero();
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/campaign-variants.png")).setFullPage(true));
            page.selectOption("#variable", "content");
            assertThat(page.isVisible("#variant-template-1")).isTrue();
            assertThat(page.isVisible("#says-1")).isFalse();
            page.selectOption("#variable", "subject_line");
            page.fill("#test-share", "50");
            page.click("text=Go on: check");
            page.waitForURL("**/check");
            assertThat(page.textContent("main")).contains("you can see a lift of");
            page.click("text=Go on: schedule");
            page.waitForURL("**/schedule");
            page.click("main button:has-text('Send')");
            page.waitForURL(url -> url.matches(".*/campaigns/[0-9]+$"));
            page.waitForSelector("text=The test runs until", new Page.WaitForSelectorOptions().setTimeout(40_000));
            page.reload();
            assertThat(page.textContent("section[aria-labelledby=test]")).contains("Fresh cheese").contains("Cheese for you").contains("as the campaign has it").contains("Don’t wait");
            assertThat(window.barriers()).isEmpty();
            assertThat(window.overhang()).isZero();
            time.advance(Duration.ofMinutes(61));
            sendings.awaitStatus(api, id, "completed");
            page.reload();
            assertThat(page.textContent("section[aria-labelledby=test]")).contains("No winner: keep A").contains("The rest got A.").contains("chosen").doesNotContain("Don’t wait");
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/campaign-test-report.png")).setFullPage(true));
            assertThat(window.barriers()).isEmpty();
            assertThat(window.mistakes()).isEmpty();
        }
        try (var browser = Browser.open(port); var window = browser.window(390, true)) {
            window.visit("/campaigns/" + id);
            assertThat(window.barriers()).isEmpty();
            assertThat(window.overhang()).isZero();
            window.visit("/campaigns/" + sendings.campaign(api, segment, sendings.template(Channel.EMAIL), """
                    , "type": "ab_test", "experiment": {"variable": "subject_line", "variants": [{"id": "A", "weight": 70}, {"id": "B", "weight": 30, "subject": "Fresh"}]}""") + "/options");
            assertThat(window.page().inputValue("#says-1")).isEqualTo("Fresh");
            assertThat(window.page().inputValue("#weight-1")).isEqualTo("30");
            assertThat(window.barriers()).isEmpty();
            assertThat(window.overhang()).isZero();
        }
    }
}
