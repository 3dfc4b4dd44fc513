package dev.drover.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.drover.kernel.Channel;
import dev.drover.testing.Api;
import dev.drover.testing.Browser;
import dev.drover.testing.IntegrationTest;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A marketer chooses when each gets it, and tries out times of the day, in a real browser. */
@IntegrationTest
class SendTimeBrowserTests {

    @LocalServerPort
    int port;

    @Autowired
    Sendings sendings;

    @Test
    void theBestHourIsChosenAndToldAsAnEstimate() throws Exception {
        var api = new Api("http://localhost:" + port, "test-token");
        long id = campaign(api, 4);
        try (var browser = Browser.open(port); var window = browser.window(1440, false); var phone = browser.window(390, true)) {
            var page = window.page();
            window.visit("/campaigns/" + id + "/options");
            assertThat(page.isChecked("#at-once")).isTrue();
            page.check("#optimised");
            page.waitForSelector("#kept:has-text('Saved')");
            assertThat(window.barriers()).isEmpty();
            page.click("text=Go on: check");
            page.waitForURL("**/check");
            assertThat(page.textContent("main")).contains("At which hour, by each one’s own clock").contains("An estimate, by everybody’s habits alone.");
            assertThat(page.locator(".hours-table tbody tr").count()).isEqualTo(1);
            assertThat(window.barriers()).isEmpty();
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/campaign-hours.png")).setFullPage(true));
            phone.visit("/campaigns/" + id + "/check");
            assertThat(phone.barriers()).isEmpty();
            assertThat(phone.overhang()).isZero();
            assertThat(window.mistakes()).isEmpty();
        }
        assertThat(sendings.get(api, id).at("/settings/sendTime").asString()).isEqualTo("optimised");
    }

    @Test
    void timesOfTheDayAreTriedOut() throws Exception {
        var api = new Api("http://localhost:" + port, "test-token");
        long id = campaign(api, 40);
        try (var browser = Browser.open(port); var window = browser.window(390, false)) {
            var page = window.page();
            window.visit("/campaigns/" + id + "/options");
            page.check("#tries");
            page.selectOption("#variable", "send_time");
            assertThat(page.isVisible("#says-1")).isFalse();
            assertThat(page.isVisible("#variant-template-1")).isFalse();
            page.click("text=Go on: check");
            page.waitForSelector("#variant-mistake-1");
            assertThat(page.textContent("#variant-mistake-1")).contains("Say what is different in variant 'B'");
            page.fill("#variant-time-1", "22:30");
            page.fill("#test-zone", "Europe/Amsterdam");
            page.fill("#minimum-sample", "5");
            page.fill("#test-share", "100");
            page.waitForSelector("#test-size:has-text('With 40 recipients in the test')");
            assertThat(window.barriers()).isEmpty();
            assertThat(window.overhang()).isZero();
            page.click("text=Go on: check");
            page.waitForURL("**/check");
            assertThat(page.textContent("main")).contains("Variant B is due at 22:30: quiet hours may put it off till morning");
            window.visit("/campaigns/" + id + "/options");
            assertThat(page.inputValue("#variant-time-1")).isEqualTo("22:30");
            assertThat(page.inputValue("#test-zone")).isEqualTo("Europe/Amsterdam");
            assertThat(window.mistakes()).isEmpty();
        }
        assertThat(sendings.get(api, id).at("/experiment/variants/1/sendTime").asString()).isEqualTo("22:30");
    }

    private long campaign(Api api, int people) throws Exception {
        return sendings.campaign(api, sendings.segment(api, sendings.people(api, people)), sendings.template(Channel.EMAIL), ", \"description\": \"%s\"".formatted(UUID.randomUUID()));
    }
}
