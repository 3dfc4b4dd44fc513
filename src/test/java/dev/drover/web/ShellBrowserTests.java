package dev.drover.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.Browser;
import dev.drover.testing.IntegrationTest;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The shell in a real browser: every page of the navigation on a phone and on a desk, light and dark. */
@IntegrationTest
class ShellBrowserTests {

    @LocalServerPort
    int port;

    @Autowired
    Shell shell;

    @ParameterizedTest
    @CsvSource({"390, false", "390, true", "1440, false", "1440, true"})
    void everyPageOfTheNavigationIsWithinReachOfEverybody(int width, boolean dark) throws Exception {
        try (var browser = Browser.open(port); var window = browser.window(width, dark)) {
            var all = new SoftAssertions();
            for (var group : shell.navigation()) {
                for (var item : group.items()) {
                    all.assertThat(window.visit(item.url())).as(item.url()).isEqualTo(200);
                    all.assertThat(window.overhang()).as(item.url() + " is wider than the window by").isZero();
                    all.assertThat(window.barriers()).as(item.url()).isEmpty();
                }
            }
            all.assertThat(window.mistakes()).isEmpty();
            all.assertAll();
        }
    }

    @Test
    void logInAndFailureAreWithinReachToo() throws Exception {
        try (var browser = Browser.open(port); var window = browser.window(390, true)) {
            for (String page : new String[] {"/no-such-page", "/audit", "/login?error"}) {
                window.page().navigate(page);
                assertThat(window.overhang()).as(page).isZero();
                assertThat(window.barriers()).as(page).isEmpty();
            }
        }
    }

    @Test
    void thePhonesMenuOpensAndLeadsOn() {
        try (var browser = Browser.open(port); var window = browser.window(390, false)) {
            window.page().click("[aria-label=Menu]");
            window.page().click("#navigation >> text=Settings");
            window.page().waitForURL("**/settings");
            assertThat(window.page().title()).isEqualTo("Settings · Drover");
            assertThat(window.mistakes()).isEmpty();
        }
    }

    @Test
    void theChosenColoursStay() {
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            assertThat(window.page().getAttribute("html", "data-bs-theme")).isEqualTo("light");
            window.page().click("#theme");
            window.page().navigate("/settings");
            assertThat(window.page().getAttribute("html", "data-bs-theme")).isEqualTo("dark");
        }
    }

    @Test
    void skippingAheadMovesTheClockInTheTopBar() {
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var before = java.time.Instant.parse(window.page().getAttribute(".time-button time", "datetime"));
            window.page().click(".time-button");
            window.page().click("text=Skip ahead 1 h");
            window.page().waitForLoadState();
            var after = java.time.Instant.parse(window.page().getAttribute(".time-button time", "datetime"));
            assertThat(java.time.Duration.between(before, after)).isGreaterThanOrEqualTo(java.time.Duration.ofHours(1));
        }
    }
}
