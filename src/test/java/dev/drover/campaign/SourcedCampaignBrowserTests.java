package dev.drover.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import dev.drover.kernel.Channel;
import dev.drover.testing.Api;
import dev.drover.testing.Browser;
import dev.drover.testing.IntegrationTest;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A marketer makes a campaign of a journey in a real browser, and reads what it brought; a report with all its parts. */
@IntegrationTest
class SourcedCampaignBrowserTests {

    @LocalServerPort
    int port;
    @Autowired
    Sendings sendings;
    @Autowired
    JdbcClient jdbc;

    private final String own = UUID.randomUUID().toString().substring(0, 8);

    @Test
    void aJourneyIsMadeACampaignPausedAndEnded() throws Exception {
        String journey = "drip-" + own;
        api().post("/api/v1/journeys", "application/xml", SourcedCampaignIntegrationTests.JOURNEY.formatted(journey, sendings.template(Channel.EMAIL)));
        String segment = sendings.segment(api(), sendings.people(api(), 3));
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            window.visit("/campaigns");
            page.click("main .page-head button");
            page.waitForURL("**/audience");
            page.fill("#name", "Welcome weeks " + own);
            page.check("#kind-triggered");
            assertThat(page.isVisible("#to")).isFalse();
            page.check("#kind-drip");
            assertThat(page.isVisible("#to")).isTrue();
            page.selectOption("#to", segment);
            page.waitForSelector("#kept:has-text('Saved')");
            sound(window);
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/campaign-kind.png")).setFullPage(true));
            page.click("text=Go on: content");
            page.waitForURL("**/content");
            assertThat(page.textContent(".wizard-steps")).contains("Journey").doesNotContain("Options");
            page.fill("#until", "2020-01-01T09:00");
            page.selectOption("#journey", journey);
            page.click("text=Go on: check");
            page.waitForSelector("#until-mistake");
            assertThat(page.textContent("#until-mistake")).contains("is past");
            assertThat(page.inputValue("#journey")).isEqualTo(journey);
            page.fill("#until", "");
            sound(window);
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/campaign-journey.png")).setFullPage(true));
            page.click("text=Go on: check");
            page.waitForURL("**/check");
            assertThat(page.textContent("main")).contains("Are let in").contains("is open, and stays open").doesNotContain("Test message to");
            sound(window);
            page.click("text=Go on: schedule");
            page.waitForURL("**/schedule");
            page.click("main button:has-text('Start')");
            page.waitForURL(url -> url.matches(".*/campaigns/[0-9]+$"));
            page.waitForSelector("text=3 customers who came since it began are on the journey", new Page.WaitForSelectorOptions().setTimeout(60_000));
            page.reload();
            assertThat(page.textContent("main")).contains("the journey Drip " + journey).contains("Let in").contains("when all it let in are through");
            page.click("main button:has-text('Pause')");
            page.waitForSelector("main button:has-text('Resume')");
            assertThat(api().get("/api/v1/journeys/" + journey + "/progress").get("state").asString()).isEqualTo("paused");
            assertThat(page.isVisible(".alert-warning")).as("nobody else paused it").isFalse();
            page.click("main button:has-text('Resume')");
            page.waitForSelector(".state-running");
            sound(window);
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/campaign-drip.png")).setFullPage(true));
            page.onDialog(Dialog::accept);
            page.click("main button:has-text('Cancel')");
            page.waitForSelector(".state-cancelled");
            window.visit("/campaigns");
            assertThat(page.textContent("main")).contains("the journey Drip " + journey);
            sound(window);
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/campaign-list-kinds.png")));
            String draft = "/campaigns/" + api().postJson("/api/v1/campaigns", "{\"name\": \"Birthdays %s\", \"type\": \"drip\", \"journey\": \"%s\", \"endsAt\": \"2031-01-01T09:00:00Z\"}".formatted(own, journey)).get("id").asLong();
            try (var phone = browser.window(390, true)) {
                for (String step : List.of("audience", "content", "check", "schedule")) {
                    phone.visit(draft + "/" + step);
                    sound(phone);
                    phone.page().screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/campaign-phone-%s.png".formatted(step))).setFullPage(true));
                }
                phone.visit(draft + "/options");
                assertThat(phone.page().url()).endsWith("/check");
            }
        }
    }

    @Test
    void aReportWithAllItsPartsIsReadableEverywhere() throws Exception {
        long id = sendings.campaign(api(), sendings.segment(api(), sendings.people(api(), 12)), sendings.template(Channel.EMAIL), ", \"settings\": {\"holdout\": 30}");
        sendings.to(api(), id, "start");
        sendings.awaitStatus(api(), id, "completed");
        jdbc.sql("""
                INSERT INTO engagement (message_id, kind, at, device, client, decided)
                SELECT id, k, sent_at + interval '1 minute' * length(k), CASE id % 3 WHEN 0 THEN 'mobile' WHEN 1 THEN 'desktop' ELSE 'tablet' END, CASE id % 3 WHEN 0 THEN 'Apple Mail' WHEN 1 THEN 'Outlook' ELSE 'Gmail' END, true
                  FROM message, unnest(ARRAY['open', 'click']) k WHERE origin_type = 'campaign' AND origin_id = ? AND sent_at IS NOT NULL AND (k = 'open' OR id % 2 = 0)""").param(Long.toString(id)).update();
        try (var browser = Browser.open(port)) {
            for (boolean dark : new boolean[] {false, true}) {
                for (int width : new int[] {1440, 390}) {
                    try (var window = browser.window(width, dark)) {
                        window.visit("/campaigns/" + id);
                        var page = window.page();
                        page.waitForSelector("text=Too few have ordered to say", new Page.WaitForSelectorOptions().setTimeout(30_000));
                        assertThat(page.textContent("main")).contains("An order counts for seven days after a click").contains("Devices").contains("Apple Mail").contains("Kept without").contains("to measure what it brings");
                        sound(window);
                        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/campaign-report-%d-%s.png".formatted(width, dark ? "dark" : "light"))).setFullPage(true));
                    }
                }
            }
        }
    }

    private static void sound(Browser.Window window) throws Exception {
        assertThat(window.barriers()).isEmpty();
        assertThat(window.overhang()).isZero();
        assertThat(window.mistakes()).isEmpty();
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
