package dev.drover.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.drover.engine.EngineHistory.State;
import dev.drover.engine.EngineLive;
import dev.drover.testing.Browser;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Somebody watches a journey: a customer walks and the counts move by themselves, one is stuck and tries again, all are moved to a new version. */
@IntegrationTest
class LiveViewBrowserTests extends JourneyWalk {

    private static final LocatorAssertions.HasAttributeOptions SOON = new LocatorAssertions.HasAttributeOptions().setTimeout(20_000);

    @Autowired
    StepProbe probe;
    @Autowired
    EngineLive live;

    private final String id = "watch-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void aCustomerWalksAndTheCountsMove() throws Exception {
        deploy(TriedJourney.of(id, "task first", "wait waits P3D", "task second"));
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            window.visit("/journeys/" + id);
            assertThat(page.locator("#diagram[data-ready=true]")).isVisible();
            assertThat(page.locator("#steps [data-element=waits]")).hasAttribute("data-now", "0");
            String customer = enters(id);
            assertThat(page.locator("#steps [data-element=waits]")).hasAttribute("data-now", "1", SOON);
            assertThat(page.locator(".journey-badge.journey-now[title]")).hasText("1");

            page.click("[data-element-id=waits] > .djs-visual + .djs-hit");
            assertThat(page.locator("#who")).containsText(customer);
            assertThat(window.barriers()).isEmpty();
            page.click("#who a:text-is('Way')");
            assertThat(page.locator("#diagram[data-ready=true]")).isVisible();
            assertThat(page.locator(".djs-shape.path-here")).hasCount(1);
            assertThat(page.locator("#path [data-state=been]")).hasCount(2);
            assertThat(window.barriers()).isEmpty();

            page.click("main button:text-is('Pause')");
            assertThat(page.locator("h1")).containsText("paused");
            page.click("main button:text-is('Resume')");
            time.advance(Duration.ofDays(4));
            awaitEnd(customer, id, State.COMPLETED);
            window.visit("/journeys/" + id);
            assertThat(page.locator("#steps [data-element=waits]")).hasAttribute("data-left", "1", SOON);
            assertThat(page.locator("#steps [data-element=waits]")).containsText("4 d");
            assertThat(window.mistakes()).isEmpty();
        }
    }

    @Test
    void whoIsStuckIsShownWithTheReasonAndTriesAgain() throws Exception {
        deploy(TriedJourney.of(id, "task first", "wait waits P3D"));
        String customer = customer();
        probe.breaks(customer);
        happens(customer, id + ".begun");
        await().atMost(PATIENCE).until(() -> live.troubles(id, 1, "first", 0, 10).size() == 1);
        try (var browser = Browser.open(port); var window = browser.window(390, true)) {
            var page = window.page();
            window.visit("/journeys/" + id);
            assertThat(page.locator(".journey-trouble")).containsText("There is no template for " + customer);
            assertThat(page.locator(".journey-badge.journey-stuck[title]")).hasText("1");
            assertThat(window.overhang()).isZero();
            assertThat(window.barriers()).isEmpty();

            probe.mends(customer);
            page.click(".journey-trouble button");
            assertThat(page.locator("#steps [data-element=waits]")).hasAttribute("data-now", "1", SOON);
            assertThat(page.locator(".journey-trouble")).hasCount(0);
            assertThat(window.mistakes()).isEmpty();
        }
    }

    @Test
    void customersAreMovedToTheNewVersionAfterALook() throws Exception {
        deploy(TriedJourney.of(id, "wait waits P3D", "task second"));
        String customer = enters(id);
        awaitAt(customer, id, 1, "waits");
        deploy(TriedJourney.of(id, "wait waits P5D", "task second"));
        try (var browser = Browser.open(port); var window = browser.window(1440, true)) {
            var page = window.page();
            page.onDialog(dialog -> dialog.accept());
            window.visit("/journeys/" + id + "/versions");
            page.click("main a:text-is('Move')");
            assertThat(page.locator("#preview [data-way=TAKEN_OVER]")).containsText("Wait waits");
            assertThat(window.barriers()).isEmpty();
            page.click("main button:text-is('Move 1 customer')");
            awaitAt(customer, id, 2, "waits");
            assertThat(page.locator(".journey-task[data-state=DONE]")).containsText("1 of 1 done", new LocatorAssertions.ContainsTextOptions().setTimeout(20_000));
            assertThat(window.mistakes()).isEmpty();
        }
    }
}
