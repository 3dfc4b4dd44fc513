package dev.drover.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.drover.audience.Customers;
import dev.drover.kernel.PlatformClock;
import dev.drover.testing.Api;
import dev.drover.testing.Browser;
import dev.drover.testing.IntegrationTest;
import dev.drover.testing.Shoppers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A marketer plans a test, reads what a split brought, and keeps some customers without, in a real browser. */
@IntegrationTest
class ExperimentBrowserTests {

    @LocalServerPort
    int port;
    @Autowired
    Experiments experiments;
    @Autowired
    Customers customers;
    @Autowired
    Holdouts holdouts;
    @Autowired
    PlatformClock clock;

    private final String own = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "browsed " + own + "/way?";

    @BeforeEach
    void aSplitThatBroughtSomething() throws Exception {
        var assignment = Assignment.of(key, Map.of("A", 1.0, "B", 1.0));
        var ids = Shoppers.create(api(), "browsed-" + own, 200);
        ids.stream().map(customers::require).forEach(one -> experiments.assign(assignment, one.id(), one.externalId()));
        var buyers = ids.stream().filter(id -> assignment.variantOf(id).orElseThrow().equals("B") || id.endsWith("00")).toList();
        api().post("/api/v1/orders/batch", "application/x-ndjson", buyers.stream().map(id -> """
                {"externalId": "%s", "customerId": "%s", "placedAt": "%s", "lines": [{"productId": "browsed-milk", "quantity": 1, "unitPrice": 10, "productName": "Milk"}]}"""
                .formatted(UUID.randomUUID(), id, clock.instant())).collect(Collectors.joining("\n", "", "\n")));
    }

    @AfterEach
    void nobodyIsKeptWithoutAnyMore() {
        holdouts.set("journey:welcome", 0, "test");
        holdouts.set("campaign:" + own, 0, "test");
    }

    @Test
    void aTestIsPlannedAndItsCountsAreRead() throws Exception {
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            window.visit("/experiments");
            page.click("text=Calculator");
            page.fill("#rate", "20");
            page.fill("#lift", "10");
            page.click("text=Work it out");
            shows(page, "main", "you need 6,510 recipients for each variant, 13,020 in all");
            page.fill("#lift", "");
            page.fill("#size", "3,000");
            page.click("text=Work it out");
            shows(page, "main", "you can see a lift of +1");
            page.fill("#rate", "120");
            page.click("text=Work it out");
            shows(page, "#size-mistake", "above 0 % and below 100 %");
            assertThat(page.getAttribute("#rate", "aria-describedby")).isEqualTo("size-mistake");
            assertThat(window.barriers()).isEmpty();

            page.fill("#got-A", "5,000");
            page.fill("#did-A", "1000");
            page.fill("#got-B", "5000");
            page.click("text=Evaluate");
            shows(page, "#did-mistake-B", "whole number");
            page.fill("#did-B", "1150");
            page.click("text=Add a variant");
            page.fill("#got-C", "5000");
            page.fill("#did-C", "1010");
            assertThat(page.inputValue("#did-B")).as("what was typed stays").isEqualTo("1150");
            page.click("text=Evaluate");
            shows(page, "main", "B wins: 23.0 % against A’s 20.0 %");
            page.fill("#got-C", "4000");
            page.click("text=Evaluate");
            shows(page, "main .alert-danger", "Don’t trust this experiment");
            assertThat(window.barriers()).isEmpty();
            assertThat(window.overhang()).isZero();
            assertThat(window.mistakes()).isEmpty();
        }
    }

    @Test
    void whatASplitBroughtIsReadInASentence() throws Exception {
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            window.visit("/experiments");
            page.click("text=" + key);
            page.waitForURL("**/experiments/of/**");
            assertThat(page.textContent("h1")).isEqualTo(key);
            assertThat(page.textContent("main .alert")).contains("Proven: B does better than A");
            assertThat(page.locator("table").count()).isEqualTo(3);
            page.fill("#days", "30");
            page.click("text=Show");
            assertThat(page.inputValue("#days")).isEqualTo("30");
            assertThat(window.visit(page.url().replaceAll("\\?.*", "").replace("http://localhost:" + port, "") + "?days=900")).isEqualTo(422);
            assertThat(page.textContent("main .alert-danger")).contains("1 to 90 days");
            assertThat(window.visit("/experiments/of/no/such")).isEqualTo(404);
            assertThat(window.mistakes()).isEmpty();
        }
    }

    @Test
    void someAreKeptWithoutAndNoLonger() throws Exception {
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            window.visit("/experiments");
            page.selectOption("#kind", "campaign");
            page.fill("#percent", "5");
            page.click("#keep ~ form button");
            assertThat(page.textContent("main .alert-danger")).contains("campaign:ID");
            page.selectOption("#kind", "campaign");
            page.fill("#scope-id", own);
            page.fill("#percent", "5");
            page.click("#keep ~ form button");
            assertThat(page.textContent("main .alert-success")).contains("5.0 % of customers are kept without");
            page.locator("[aria-label='Keep nobody without: Campaign " + own + "']").scrollIntoViewIfNeeded();
            page.waitForSelector("text=Too few have ordered");
            assertThat(window.barriers()).isEmpty();
            page.click("[aria-label='Keep nobody without: Campaign " + own + "']");
            assertThat(page.textContent("main .alert-success")).contains("Nobody is kept without any more");

            window.visit("/journeys/welcome");
            page.fill("#holdout-percent", "10");
            page.click("#holdout ~ form button");
            page.waitForURL("**/journeys/welcome");
            page.waitForSelector("text=10.0 % of those who come by");
            var one = customers.require("browsed-" + own + "-0");
            experiments.assign(Assignment.of("welcome/tried " + own, Map.of("A", 1.0, "B", 1.0)), one.id(), one.externalId());
            window.visit("/journeys/welcome");
            page.click("text=welcome/tried " + own);
            assertThat(page.textContent("h1")).isEqualTo("welcome/tried " + own);
            assertThat(window.mistakes()).isEmpty();
        }
    }

    @Test
    void everyPageFitsAPhoneInTheDarkAndAnybodyCanUseIt() throws Exception {
        holdouts.set("campaign:" + own, 0.05, "test");
        String result = "/experiments/of/" + key.replace(" ", "%20").replace("?", "%3F");
        String counted = "/experiments/calculator?rows=3&recipients=5000&successes=1000&recipients=5000&successes=1150&recipients=5000&successes=1010";
        try (var browser = Browser.open(port)) {
            for (boolean dark : new boolean[] {false, true}) {
                for (int width : new int[] {1440, 390}) {
                    try (var window = browser.window(width, dark)) {
                        for (String path : List.of("/experiments", "/experiments/calculator", counted, "/experiments/calculator?rate=3&lift=10", result)) {
                            assertThat(window.visit(path)).as(path).isEqualTo(200);
                            assertThat(window.overhang()).as("%s at %d", path, width).isZero();
                            assertThat(window.barriers()).as("%s at %d", path, width).isEmpty();
                            if (path.equals(result)) {
                                window.page().screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/experiment-result-%d-%s.png".formatted(width, dark ? "dark" : "light"))).setFullPage(true));
                            }
                        }
                        assertThat(window.mistakes()).isEmpty();
                    }
                }
            }
        }
    }

    /** Waits for it: a click that sends a form is done before the answer's page is there. */
    private static void shows(Page page, String where, String text) {
        PlaywrightAssertions.assertThat(page.locator(where)).containsText(text);
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
