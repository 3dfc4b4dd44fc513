package dev.drover.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.SelectOption;
import dev.drover.testing.Api;
import dev.drover.testing.Browser;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A marketer makes a trigger in a real browser, tries it on what happened, and reads what came of it. */
@IntegrationTest
class TriggerBrowserTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @LocalServerPort
    int port;

    private final String own = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "thanks-" + own;

    @AfterEach
    void tidyUp() throws Exception {
        api().send("DELETE", "/api/v1/triggers/" + key, "application/json", "");
    }

    @Test
    void aJourneyNamesTheTriggersThatBeginIt() throws Exception {
        String journey = "{\"key\": \"%s\", \"name\": \"Thanks %s\", \"type\": \"event\", \"event\": \"thanked.%s\", \"action\": {\"type\": \"start_journey\", \"journey\": \"vip\"}, \"active\": %s}";
        api().postJson("/api/v1/triggers", journey.formatted(key, own, own, false));
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            window.visit("/journeys");
            var row = page.locator("tr", new com.microsoft.playwright.Page.LocatorOptions().setHas(page.locator("th a[href='/journeys/vip']")));
            assertThat(row.locator(".journey-starter").allTextContents()).anyMatch(text -> text.contains("Thanks " + own) && text.contains("(off)"));
            assertThat(window.barriers()).isEmpty();
            api().send("PUT", "/api/v1/triggers/" + key, "application/json", journey.formatted(key, own, own, true));
            window.visit("/journeys/vip");
            assertThat(page.textContent("main")).contains("a trigger or campaign says so: ").doesNotContain("Thanks %s (off)".formatted(own));
            page.click("main a >> text=Thanks " + own);
            page.waitForURL("**/triggers/" + key);
            assertThat(page.textContent("h1")).contains("Thanks " + own);
        }
    }

    @Test
    void aTriggerIsMadeTriedAndRead() throws Exception {
        api().postJson("/api/v1/customers", "{\"externalId\": \"%1$s\", \"email\": \"%1$s@customer.example\", \"firstName\": \"Marie\", \"attributes\": {\"tier\": \"gold\"}}".formatted(own));
        happens("past", 120);
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            window.visit("/triggers");
            page.click("main a.btn-primary >> text=New trigger");
            page.waitForSelector("#builder:not([hidden])");
            page.click("button[type=submit]");
            page.waitForSelector("#key-mistake:not([hidden])");
            assertThat(page.textContent("#event-mistake")).contains("order.placed");
            assertThat(page.textContent("#action-template-mistake")).contains("missing");
            assertThat(window.barriers()).isEmpty();

            page.fill("#name", "Thanks " + own);
            assertThat(page.inputValue("#key")).isEqualTo(key);
            page.fill("#event", "thanked." + own);
            page.locator("#event").blur();
            page.waitForSelector("#try-event option:nth-child(3)", new com.microsoft.playwright.Page.WaitForSelectorOptions().setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED));
            page.click("text=Add condition");
            page.locator(".condition [data-part=field]").selectOption("EVENT_NUMBER");
            page.locator(".condition [data-part=argument]").fill("total");
            page.locator(".condition [data-part=operator]").selectOption("gte");
            page.locator(".condition [data-part=value]").fill("100");
            assertThat(page.getAttribute("#event-properties option", "value")).as("what such events tell is offered").isEqualTo("total");
            page.selectOption("#template", "order-thanks");
            page.fill("#cap-count", "1");
            page.fill("#cap-days", "7");
            page.click("#try-it");
            page.waitForSelector("#tried .alert-success");
            assertThat(page.textContent("#tried")).contains("It would send the e-mail order-thanks", "Marie", "the event’s total is at least 100", "it is 120", "not once yet");
            page.selectOption("#try-event", "-");
            page.fill("#try-properties", "{\"total\": 7}");
            page.fill("#try-customer", own);
            page.click("#try-it");
            page.waitForSelector("#tried .alert-warning");
            assertThat(window.barriers()).isEmpty();
            assertThat(window.overhang()).isZero();

            page.click("button[type=submit] >> text=Make trigger");
            page.waitForURL("**/triggers/" + key);
            assertThat(page.textContent("main")).contains("thanked." + own + " happens", "at most once in 7 days", "Nothing happened yet");
            happens("one", 150);
            happens("two", 150);
            Api.await("both are in the log", PATIENCE, () -> {
                window.visit("/triggers/" + key);
                return page.locator(".log-table tbody tr").count() == 2;
            });
            Api.await("both are decided", PATIENCE, () -> {
                window.visit("/triggers/" + key + "?status=rate_limited");
                return page.locator(".log-table tbody tr").count() == 1;
            });
            assertThat(page.locator(".bar-success").count()).isPositive();
            assertThat(window.barriers()).isEmpty();
            page.click("text=Show all");
            page.click("text=Edit and try");
            page.waitForSelector("#builder:not([hidden])");
            assertThat(page.inputValue(".condition [data-part=argument]")).isEqualTo("total");
            assertThat(page.inputValue("#cap-days")).isEqualTo("7");
            page.selectOption("#action", "start_journey");
            page.selectOption("#journey", new SelectOption().setIndex(1));
            page.selectOption("#reentry", "after");
            page.click("button[type=submit] >> text=Save");
            page.waitForURL("**/triggers/" + key);
            assertThat(page.textContent("main")).contains("start the journey", "again after 30 days");
            page.click("text=Switch off");
            page.waitForSelector("text=Switch on");
            assertThat(window.mistakes()).isEmpty();
        }
    }

    @Test
    void aStormIsSaidOnEveryPageAndEndedOnAPhoneInTheDark() throws Exception {
        api().postJson("/api/v1/triggers", "{\"key\": \"%s\", \"type\": \"event\", \"event\": \"thanked.%s\", \"action\": {\"type\": \"send_email\", \"template\": \"order-thanks\"}, \"hourlyLimit\": 1, \"active\": true}"
                .formatted(key, own));
        for (int n = 0; n < 3; n++) {
            api().postJson("/api/v1/customers", "{\"externalId\": \"%1$s-%2$d\", \"email\": \"%1$s-%2$d@customer.example\"}".formatted(own, n));
            api().postJson("/api/v1/events", "{\"eventId\": \"%1$s-%2$d\", \"name\": \"thanked.%1$s\", \"customerId\": \"%1$s-%2$d\"}".formatted(own, n));
        }
        Api.await("two are held", PATIENCE, () -> api().get("/api/v1/triggers/" + key).get("held").asInt() == 2);
        try (var browser = Browser.open(port); var window = browser.window(390, true)) {
            var page = window.page();
            Api.await("every page says so", PATIENCE, () -> {
                window.visit("/customers");
                return page.locator(".banner").count() > 0 && page.textContent(".banner").contains("is in a storm");
            });
            for (String path : new String[] {"/triggers", "/triggers/" + key, "/triggers/" + key + "/edit", "/triggers/new"}) {
                window.visit(path);
                assertThat(window.overhang()).as(path).isZero();
                assertThat(window.barriers()).as(path).isEmpty();
            }
            window.visit("/triggers/new");
            for (String type : new String[] {"segment_entry", "date", "inactivity"}) {
                page.selectOption("#type", type);
                assertThat(window.barriers()).as(type).isEmpty();
            }
            for (String action : new String[] {"webhook", "start_journey", "add_to_segment", "send_sms"}) {
                page.selectOption("#action", action);
                assertThat(window.overhang()).as(action).isZero();
                assertThat(window.barriers()).as(action).isEmpty();
            }
            window.visit("/triggers/" + key);
            page.onDialog(com.microsoft.playwright.Dialog::accept);
            page.click("text=Drop them");
            page.waitForSelector("text=2 were dropped");
            assertThat(page.locator(".storm").count()).isZero();
            assertThat(window.mistakes()).isEmpty();
        }
    }

    private void happens(String id, int total) throws Exception {
        api().postJson("/api/v1/events", "{\"eventId\": \"%1$s-%2$s\", \"name\": \"thanked.%1$s\", \"customerId\": \"%1$s\", \"properties\": {\"total\": %3$d}}".formatted(own, id, total));
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
