package dev.drover.segment;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.LoadState;
import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.eventlog.Event;
import dev.drover.ruleset.RuleEdit;
import dev.drover.ruleset.Rulesets;
import dev.drover.testing.Browser;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** An analyst's way in a real browser: a rule is written, tried, published, explained and taken back. */
@IntegrationTest
class RuleEditorBrowserTests {

    private static final LocatorAssertions.ContainsTextOptions SOON = new LocatorAssertions.ContainsTextOptions().setTimeout(20_000);
    private static final String RULE = """
            // Fans: said so themselves.

            rule "fans"
            when
                $c : Customer( %s )
            then
                segments.enter($c, "KEY", "A fan");
            end
            """;

    @LocalServerPort
    int port;

    @Autowired
    CustomerIntake intake;

    @Autowired
    Rulesets rulesets;

    private final String key = "fans-" + UUID.randomUUID().toString().substring(0, 8);
    private final String path = "segments/" + key + ".drl";
    private String customer;

    @BeforeEach
    void somebodyIsAFan() {
        customer = "fan-" + UUID.randomUUID();
        intake.takeAll(List.of(new CustomerInput(customer, null, null, null, "Ada", "Fan", null, null, null, Map.of("fan" + key.substring(5), true), null)), Event.Origin.LIVE);
    }

    @AfterEach
    void leavesNoRuleBehind() {
        if (rulesets.file(path).isPresent()) {
            rulesets.retire(path, new RuleEdit("admin", "ui", ""), null);
        }
    }

    @Test
    void aRuleIsWrittenMendedTriedPublishedExplainedAndTakenBack() {
        rulesets.publish(path, rule("orders.count >= 999999"), new RuleEdit("admin", "ui", "Nobody yet"), 0);
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            page.navigate("/rules/" + path);
            write(page, rule("orders.cuont >= 1"));
            assertThat(page.locator("#problems")).containsText("Line 5", SOON);
            assertThat(page.locator("#problems")).containsText("cuont");
            assertThat(page.locator(".ace_gutter-cell.ace_error")).hasText("5");
            assertThat(page.locator("#publish")).isDisabled();

            write(page, rule("flag(\"fan" + key.substring(5) + "\")"));
            assertThat(page.locator("#verdict")).containsText("Good", SOON);
            page.fill("#customer", customer);
            page.click(".try-form button");
            assertThat(page.locator("#tried")).containsText("Ada Fan", SOON);
            assertThat(page.locator("#tried .tried-verdict")).containsText("in");
            assertThat(page.locator("#tried .held-yes")).containsText("flag(");

            page.click("#publish");
            assertThat(page.locator("#publishing-impact .impact[data-state=DONE]")).containsText("Ada Fan", SOON);
            assertThat(page.locator("#publishing-impact .impact-enter")).hasText("+1");
            page.fill("#dialog-note", "Those who said so");
            page.click("#publish-sure");
            assertThat(page.locator(".alert-success")).containsText("Version 2 is in force.", SOON);

            whyOn(page, "in");
            assertThat(page.locator(".why[open]")).containsText("A fan");
            assertThat(page.locator(".why[open] .held-yes")).containsText("flag(");

            page.navigate("/rules/" + path + "/versions");
            assertThat(page.locator(".diff-added")).containsText("flag(");
            page.onDialog(dialog -> dialog.accept());
            page.locator("tr", new Page.LocatorOptions().setHasText("Nobody yet")).locator("button").click();
            assertThat(page.locator(".alert-success")).containsText("What version 1 said is in force again, as version 3.");
            whyOn(page, "out");
            assertThat(page.locator(".why[open] .held-no")).containsText("orders.count >= 999999is 0");
            assertThat(window.mistakes()).isEmpty();
        }
    }

    @Test
    void whatARuleOfContentWouldDecideIsAskedForOneCustomer() throws Exception {
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            window.visit("/rules/content/next-offer.drl");
            write(page, "rule \"fans\" when $c : Customer( flag(\"fan%s\") ) Data( number(\"total\") >= 50 ) then content.decide($c, \"poster\", \"A fan\"); end".formatted(key.substring(5)));
            page.fill("#customer", customer);
            page.fill("#try-data", "{\"total\": 60}");
            page.click(".try-message button");
            assertThat(page.locator("#tried .tried-verdict")).containsText("poster", SOON);
            assertThat(page.locator("#tried")).containsText("Ada Fan");
            assertThat(page.locator("#tried .held-yes")).hasCount(2);
            page.fill("#try-data", "{\"total\": 6}");
            page.click(".try-message button");
            assertThat(page.locator("#tried .tried-verdict")).containsText("no decision", SOON);
            assertThat(page.locator("#tried .held-no")).containsText("is 6");
            assertThat(window.barriers()).isEmpty();
            assertThat(window.mistakes()).isEmpty();
        }
    }

    @Test
    void whoComesSecondIsToldAndLosesNothing() {
        rulesets.publish(path, rule("orders.count >= 999999"), new RuleEdit("admin", "ui", ""), 0);
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            page.navigate("/rules/" + path);
            rulesets.publish(path, rule("orders.count >= 888888"), new RuleEdit("kim", "ui", ""), 1);
            write(page, rule("orders.count >= 777777"));
            assertThat(page.locator("#publish")).isEnabled();
            page.click("#publish");
            page.click("#publish-sure");
            assertThat(page.locator(".alert-danger")).containsText("Version 2 is by kim", SOON);
            assertThat(page.locator("#editor")).containsText("777777");
            page.click("#publish");
            page.click("#publish-sure");
            assertThat(page.locator(".alert-success")).containsText("Version 3 is in force.", SOON);
        }
    }

    @ParameterizedTest
    @CsvSource({"390, true", "1440, false"})
    void everyPageOfRulesIsWithinReachOfEverybody(int width, boolean dark) throws Exception {
        try (var browser = Browser.open(port); var window = browser.window(width, dark)) {
            for (String url : new String[] {"/rules", "/rules/new", "/rules/segments/lapsed.drl", "/rules/segments/lapsed.drl/versions", "/rules/content/next-offer.drl", "/rules/eligibility/frequency-caps.drl.xlsx",
                    "/customers/" + customer}) {
                window.visit(url);
                assertThat(window.overhang()).as(url + " is wider than the window by").isZero();
                assertThat(window.barriers()).as(url).isEmpty();
            }
            assertThat(window.mistakes()).isEmpty();
        }
    }

    /** Opens the segment on the customer's page once it is decided, which takes seconds. */
    private void whyOn(Page page, String state) {
        String one = ".why:has(a[href='/segments/" + key + "'])";
        Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> {
            page.navigate("/customers/" + customer);
            page.waitForLoadState(LoadState.NETWORKIDLE);
            return page.locator(one + " .badge").count() == 1 && page.locator(one + " .badge").textContent().equals(state);
        });
        page.locator(one + " summary").click();
    }

    private String rule(String condition) {
        return RULE.formatted(condition).replace("KEY", key);
    }

    private static void write(Page page, String text) {
        page.evaluate("text => ace.edit('editor').setValue(text, -1)", text);
    }
}
