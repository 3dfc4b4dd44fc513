package dev.drover.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.eventlog.Event;
import dev.drover.ruleset.RuleEdit;
import dev.drover.ruleset.Rulesets;
import dev.drover.testing.Api;
import dev.drover.testing.Browser;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A marketer puts a segment together in a real browser and sees who it is. */
@IntegrationTest
class BuilderBrowserTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @LocalServerPort
    int port;

    @Autowired
    CustomerIntake customers;

    @Autowired
    Rulesets rulesets;

    private final String own = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "gold-" + own;

    @BeforeEach
    void letThemIn() {
        customer("Marie", Map.of("tier" + own, "gold", "size" + own, 4));
        customer("Piet", Map.of("tier" + own, "gold", "size" + own, 1));
        customer("Anna", Map.of("tier" + own, "silver", "size" + own, 9));
    }

    @AfterEach
    void tidyUp() {
        rulesets.files().stream().filter(file -> file.path().contains(own)).forEach(file -> rulesets.retire(file.path(), new RuleEdit("test", "api", ""), null));
    }

    @Test
    void aSegmentWithANestedGroupIsBuiltAndChanged() throws Exception {
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            page.navigate("/segments");
            page.click("text=New segment >> visible=true");
            page.fill("#name", "Gold " + own);
            assertThat(page.inputValue("#key")).isEqualTo(key);

            choose(condition(page, 1), "ATTRIBUTE_TEXT", "tier" + own, "eq", "gold");
            awaitCount(page, "2");
            assertThat(page.textContent("#rule")).contains("text(\"tier" + own + "\") == \"gold\"");

            page.click("text=Add group");
            assertThat(condition(page, 2).locator("[data-part=field]").evaluate("field => field === document.activeElement")).as("the focus is in the new group").isEqualTo(true);
            choose(condition(page, 2), "ATTRIBUTE_NUMBER", "size" + own, "gte", "3");
            awaitCount(page, "1");
            page.locator(".nested").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Add condition")).click();
            choose(condition(page, 3), "ATTRIBUTE_NUMBER", "size" + own, "lt", "2");
            awaitCount(page, "2");
            assertThat(page.textContent("#sample")).contains("Marie", "Piet").doesNotContain("Anna");
            assertThat(page.textContent("#words")).contains("(either attribute “size");
            assertThat(window.barriers()).isEmpty();
            assertThat(window.overhang()).isZero();

            page.click("button[type=submit] >> text=Make segment");
            page.waitForURL("**/segments/" + key);
            Api.await("its members are there", PATIENCE, () -> {
                page.reload();
                return page.textContent("main").contains("Marie") && page.textContent("main").contains("Piet");
            });
            page.waitForSelector("text=In the last 30 days");
            assertThat(page.textContent("main")).contains("version 1 of its rule, by admin").contains("2 entered");
            assertThat(window.barriers()).isEmpty();

            page.click("a.btn >> text=Edit");
            page.waitForURL("**/edit");
            awaitCount(page, "2");
            assertThat(page.locator(".condition").count()).isEqualTo(3);
            assertThat(condition(page, 3).locator("[data-part=operator]").inputValue()).isEqualTo("lt");
            page.click("[aria-label='Remove condition 3']");
            awaitCount(page, "1");
            assertThat(page.textContent("#moves")).contains("0 would enter, 1 leave");
            page.click("button[type=submit] >> text=Save");
            page.waitForURL("**/segments/" + key);
            Api.await("who no longer fits has left", PATIENCE, () -> {
                page.reload();
                page.waitForSelector("text=In the last 30 days");
                return page.textContent("main").contains("1 left");
            });
            assertThat(window.mistakes()).isEmpty();
        }
    }

    @Test
    void whatIsWrongIsShownAtItsCondition() throws Exception {
        try (var browser = Browser.open(port); var window = browser.window(390, true)) {
            var page = window.page();
            page.navigate("/segments/new");
            page.click("button[type=submit] >> text=Make segment");
            page.waitForSelector(".condition.wrong");
            assertThat(page.textContent(".condition .mistake")).contains("value is missing");
            assertThat(page.textContent("#name-mistake")).contains("name is missing");
            assertThat(page.evaluate("document.activeElement.id")).as("the first of what is wrong").isEqualTo("name");
            assertThat(window.barriers()).isEmpty();
            page.fill("#name", "VIP");
            page.locator("[data-part=value]").fill("3");
            page.click("button[type=submit] >> text=Make segment");
            page.waitForSelector("#key-mistake:has-text('already')");
            for (String kind : new String[] {"LAST_ORDER_DATE", "BIRTHDAY", "LAST_OPEN_DATE", "RFM_SEGMENT", "SEGMENT", "EVENT_COUNT", "ATTRIBUTE_FLAG", "SPENT_IN_CATEGORY"}) {
                condition(page, 1).locator("[data-part=field]").selectOption(kind);
                for (Object operator : (java.util.List<?>) condition(page, 1).locator("[data-part=operator]").evaluate("select => [...select.options].map(one => one.value)")) {
                    condition(page, 1).locator("[data-part=operator]").selectOption(operator.toString());
                    assertThat(window.overhang()).as(kind + " " + operator).isZero();
                }
                assertThat(window.barriers()).as(kind).isEmpty();
            }
            assertThat(window.mistakes()).isEmpty();
        }
    }

    @Test
    void aRuleThatConditionsCannotSayIsOpenedInTheEditor() {
        rulesets.publish("segments/" + key + ".drl", "rule \"r\" when $c : Customer( engagement.opens > engagement.clicks ) then segments.enter($c, \"%s\", \"why\"); end".formatted(key),
                new RuleEdit("test", "api", ""), null);
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            Api.await("the segment is there", PATIENCE, () -> window.page().navigate("/segments/" + key).status() == 200);
            window.page().navigate("/segments/" + key + "/edit");
            assertThat(window.page().url()).contains("/rules/segments/" + key + ".drl");
        }
    }

    @Test
    void whatSomebodyWroteByHandIsNotReplacedUnasked() {
        rulesets.publish("segments/" + key + ".drl", "rule \"r\" when $c : Customer( orders.count > 99999 ) then segments.enter($c, \"%s\", \"Our very best\"); end".formatted(key),
                new RuleEdit("ana", "ui", ""), null);
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            Api.await("the segment is there", PATIENCE, () -> page.navigate("/segments/" + key).status() == 200);
            page.navigate("/segments/" + key + "/edit");
            assertThat(page.textContent("#handwritten")).contains("Our very best");
            page.onceDialog(dialog -> dialog.dismiss());
            page.click("button[type=submit] >> text=Save");
            assertThat(rulesets.file("segments/" + key + ".drl").orElseThrow().source()).contains("Our very best");
            page.onceDialog(dialog -> dialog.accept());
            page.click("button[type=submit] >> text=Save");
            page.waitForURL("**/segments/" + key);
            page.navigate("/segments/" + key + "/edit");
            assertThat(page.locator("#handwritten").count()).as("what the builder wrote itself").isZero();
            page.fill("#description", "Who buys and buys");
            page.click("button[type=submit] >> text=Save");
            page.waitForURL("**/segments/" + key);
            page.navigate("/segments/" + key + "/edit");
            assertThat(page.locator("#handwritten").count()).as("and once more").isZero();
        }
    }

    private static Locator condition(Page page, int number) {
        return page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Condition " + number).setExact(true));
    }

    private static void choose(Locator condition, String kind, String argument, String operator, String value) {
        condition.locator("[data-part=field]").selectOption(kind);
        condition.locator("[data-part=argument]").fill(argument);
        condition.locator("[data-part=operator]").selectOption(operator);
        condition.locator("[data-part=value]").fill(value);
    }

    private static void awaitCount(Page page, String count) {
        page.waitForFunction("count => document.getElementById('count').textContent === count && document.getElementById('progress').hidden", count);
    }

    private void customer(String name, Map<String, Object> attributes) {
        customers.take(new CustomerInput(name + "-" + own, null, null, null, name, null, null, null, null, attributes, null), Event.Origin.LIVE);
    }
}
