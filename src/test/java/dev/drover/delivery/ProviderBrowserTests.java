package dev.drover.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.Api;
import dev.drover.testing.Browser;
import dev.drover.testing.IntegrationTest;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Providers in a real browser. What is changed is changed back: everybody's messages go by them. */
@IntegrationTest
class ProviderBrowserTests {

    @LocalServerPort
    int port;

    @AfterEach
    void asItWas() throws Exception {
        var api = new Api("http://localhost:" + port, "test-token");
        api.postJson("/api/v1/providers/resume", "{}");
        api.send("PUT", "/api/v1/providers/scripted", "application/json", "{\"enabled\": true, \"weight\": 100}");
        api.send("PUT", "/api/v1/providers/capture", "application/json", "{\"enabled\": true, \"weight\": 100}");
    }

    @ParameterizedTest
    @CsvSource({"390, true", "1440, false"})
    void everyPageIsWithinReachOfEverybody(int width, boolean dark) throws Exception {
        try (var browser = Browser.open(port); var window = browser.window(width, dark)) {
            var all = new SoftAssertions();
            for (String page : List.of("/providers", "/providers/scripted", "/providers/capture")) {
                all.assertThat(window.visit(page)).as(page).isEqualTo(200);
                all.assertThat(window.overhang()).as(page + " is wider than the window by").isZero();
                all.assertThat(window.barriers()).as(page).isEmpty();
            }
            all.assertThat(window.visit("/providers/twilio")).isEqualTo(404);
            all.assertThat(window.mistakes()).isEmpty();
            all.assertAll();
        }
    }

    @Test
    void everyPageSaysThatSendingIsPausedUntilItIsnt() throws Exception {
        try (var browser = Browser.open(port); var window = browser.window(390, false)) {
            var page = window.page();
            window.visit("/providers");
            page.click("text=Pause all sending");
            for (String elsewhere : List.of("/providers", "/customers", "/settings")) {
                window.visit(elsewhere);
                assertThat(page.locator(".banner").textContent()).contains("All sending is paused").contains("by admin").contains("passwords");
                assertThat(window.overhang()).isZero();
            }
            assertThat(window.barriers()).isEmpty();
            page.click(".banner a");
            page.click("text=Resume sending");
            page.waitForSelector(".alert-success");
            assertThat(page.locator(".banner").count()).isZero();
        }
    }

    @Test
    void whatIsWrongInTheFormIsSaidBesideItAndWhatIsRightIsKept() throws Exception {
        try (var browser = Browser.open(port); var window = browser.window(1440, true)) {
            var page = window.page();
            window.visit("/providers/capture");
            page.fill("#weight", "many");
            page.fill("#per-day", "1,000");
            page.fill("#domain-0", "gmail");
            page.fill("#domain-day-0", "5");
            page.click("main button:has-text('Save')");
            page.waitForSelector("#weight-wrong");
            assertThat(page.locator("#weight-wrong").textContent()).contains("no whole number");
            assertThat(page.locator("#domain-wrong-0").textContent()).contains("no domain");
            assertThat(page.inputValue("#weight")).isEqualTo("many");
            assertThat(window.barriers()).isEmpty();
            page.fill("#weight", "100");
            page.fill("#domain-0", "gmail.com");
            page.click("main button:has-text('Save')");
            page.waitForSelector(".alert-success");
            assertThat(page.locator("[aria-labelledby='provider-capture']").textContent()).contains("of 1,000").contains("gmail.com");
            assertThat(window.barriers()).isEmpty();
            assertThat(window.mistakes()).isEmpty();
        }
    }
}
