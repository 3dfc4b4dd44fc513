package dev.drover.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.drover.testing.Api;
import dev.drover.testing.Browser;
import dev.drover.testing.Browser.Window;
import dev.drover.testing.IntegrationTest;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A marketer looks at the month, drags, undoes, moves by keyboard, and subscribes, in a real browser. */
@IntegrationTest
class CalendarBrowserTests {

    private static final ZoneId UTC = ZoneId.of("UTC");

    @LocalServerPort
    int port;

    @Autowired
    Plans plans;

    private final String own = "Cal " + UUID.randomUUID().toString().substring(0, 8);
    private Api api;
    /** A Wednesday of a month of its own, whole weeks of it to come. */
    private LocalDate day;

    @BeforeEach
    void open() {
        api = new Api("http://localhost:" + port, "test-token");
        day = plans.today().plusMonths(2).withDayOfMonth(15);
        day = day.with(java.time.temporal.TemporalAdjusters.next(java.time.DayOfWeek.WEDNESDAY));
    }

    @Test
    void dragsACampaignToAnotherDayAndUndoesIt() throws Exception {
        long id = plans.scheduled(api, own, plans.segment(api, plans.people(api, 3)), day, LocalTime.of(9, 0), UTC, "");
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            window.visit("/calendar?view=month&from=" + day);
            assertThat(page.textContent(cell(day))).contains("09:00").contains(own).contains("scheduled").contains("3 e-mails expected");
            page.dragAndDrop(entry(), cell(day.plusDays(1)));
            page.waitForSelector(".calendar-told");
            assertThat(page.textContent(".calendar-told")).contains(own).contains("now, not on");
            assertThat(page.textContent(cell(day.plusDays(1)))).contains(own);
            assertThat(page.textContent(cell(day))).doesNotContain(own);
            assertThat(at(id)).isEqualTo(day.plusDays(1).atTime(9, 0).toInstant(ZoneOffset.UTC));
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/calendar-month.png")).setFullPage(true));
            page.click(".calendar-told button");
            page.waitForSelector(cell(day) + " :text('" + own + "')");
            assertThat(at(id)).isEqualTo(day.atTime(9, 0).toInstant(ZoneOffset.UTC));

            // Somebody else moves it while it is looked at.
            api.postJson("/api/v1/campaigns/" + id + "/schedule", "{\"scheduledAt\": \"%sT11:00:00Z\"}".formatted(day));
            page.dragAndDrop(entry(), cell(day.plusDays(2)));
            page.waitForSelector(".alert-danger");
            assertThat(page.textContent(".alert-danger")).contains("wasn’t moved").contains("Somebody moved");
            assertThat(at(id)).isEqualTo(day.atTime(11, 0).toInstant(ZoneOffset.UTC));
            assertThat(window.barriers()).isEmpty();
            assertThat(window.mistakes()).isEmpty();
        }
        plans.to(api, id, "cancel");
    }

    @Test
    void movesByKeyboardAndSaysWhatIsWrongWhereItIsTyped() throws Exception {
        long id = plans.scheduled(api, own, plans.segment(api, plans.people(api, 1)), day, LocalTime.of(9, 0), UTC, "");
        try (var browser = Browser.open(port); var window = browser.window(1440, true)) {
            var page = window.page();
            window.visit("/calendar?view=week&from=" + day);
            page.locator("[aria-label='Move " + own + "']").focus();
            page.keyboard().press("Enter");
            page.waitForSelector("#day:focus");
            assertThat(window.barriers()).isEmpty();
            page.fill("#day", plans.today().minusDays(1).toString());
            page.keyboard().press("Enter");
            page.waitForSelector("#mistake");
            assertThat(page.textContent("#mistake")).contains("is past");
            assertThat(page.inputValue("#time")).isEqualTo("09:00");
            assertThat(window.barriers()).isEmpty();
            page.fill("#day", day.plusDays(2).toString());
            page.fill("#time", "14:30");
            page.locator("#time").press("Enter");
            page.waitForSelector(".calendar-told");
            assertThat(page.textContent(cell(day.plusDays(2)))).contains("14:30").contains(own);
            assertThat(at(id)).isEqualTo(day.plusDays(2).atTime(14, 30).toInstant(ZoneOffset.UTC));
            page.locator(".calendar-told button").focus();
            page.keyboard().press("Enter");
            page.waitForSelector(cell(day) + " :text('" + own + "')");
            assertThat(at(id)).isEqualTo(day.atTime(9, 0).toInstant(ZoneOffset.UTC));
            assertThat(window.mistakes()).isEmpty();
        }
        plans.to(api, id, "cancel");
    }

    @Test
    void monthWeekAndListAreReadableInEachWindow() throws Exception {
        var people = plans.people(api, 4);
        String hostile = own + " <img src=x onerror=alert(1)> " + "langer".repeat(12);
        long one = plans.scheduled(api, hostile, plans.segment(api, people), day, LocalTime.of(9, 0), UTC, "");
        long other = plans.scheduled(api, own + " other", plans.segment(api, people.subList(0, 2)), day, LocalTime.of(15, 0), UTC, "");
        long again = plans.draft(api, own + " again", plans.segment(api, people), ", \"type\": \"automated\", \"settings\": {\"repeat\": {\"days\": [\"monday\"], \"time\": \"08:00\", \"timeZone\": \"UTC\", \"until\": \"%s\"}}".formatted(day.plusMonths(1) + "T00:00"));
        plans.to(api, again, "schedule");
        String limits = String.join(",", java.util.Collections.nCopies((int) java.time.temporal.ChronoUnit.DAYS.between(plans.today(), day), "1000000")) + ",3,1000000";
        api.send("PUT", "/api/v1/providers/capture", "application/json", "{\"enabled\": true, \"weight\": 100, \"warmUp\": {\"start\": \"%s\", \"limits\": [%s]}}".formatted(plans.today(), limits));
        try (var browser = Browser.open(port)) {
            for (boolean dark : new boolean[] {false, true}) {
                for (int width : new int[] {1440, 390}) {
                    try (var window = browser.window(width, dark)) {
                        for (String view : new String[] {"month", "week", "list"}) {
                            assertThat(window.visit("/calendar?view=" + view + "&from=" + day)).isEqualTo(200);
                            readable(window, view, width, dark);
                        }
                    }
                }
            }
            var window = browser.window(1440, false);
            window.visit("/calendar?view=list&from=" + day);
            assertThat(window.page().textContent(cell(day))).contains("2 people would get both").contains("(warm-up)")
                    .as("six of these, and what journeys of other tests will send").containsPattern("[0-9,]+ e-mails of 3 a day: [0-9,]+ over, they wait for the next day");
            assertThat(window.page().locator(cell(day.with(java.time.temporal.TemporalAdjusters.next(java.time.DayOfWeek.MONDAY)))).textContent()).contains(own + " again").contains("each Monday at 08:00 (UTC)").doesNotContain("Move");
            window.visit("/calendar?view=week&from=" + day);
            window.page().click("text=Later");
            window.page().waitForURL("**from=" + day.plusWeeks(1) + "*");
            window.page().fill("#zone", "Pacific/Auckland");
            window.page().keyboard().press("Enter");
            window.page().waitForURL("**zone=Pacific*");
            assertThat(window.page().textContent("main")).contains("Days are those of Pacific/Auckland");
            assertThat(window.visit("/calendar?zone=Mars")).isEqualTo(422);
            assertThat(window.visit("/calendar?from=2001-01-01")).isEqualTo(200);
            assertThat(window.page().textContent(".empty")).contains("Make a campaign");
        } finally {
            api.send("PUT", "/api/v1/providers/capture", "application/json", "{\"enabled\": true, \"weight\": 100}");
            for (long id : new long[] {one, other, again}) {
                plans.to(api, id, "cancel");
            }
        }
    }

    private void readable(Window window, String view, int width, boolean dark) throws Exception {
        var page = window.page();
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/calendar-%s-%d-%s.png".formatted(view, width, dark ? "dark" : "light"))).setFullPage(true));
        assertThat(page.isVisible(cell(day) + " >> text=" + own + " other")).as(view + width).isTrue();
        assertThat(window.barriers()).as(view + width + dark).isEmpty();
        assertThat(window.overhang()).as(view + width).isZero();
        assertThat(page.locator(".calendar-days img").count()).as("a name is a name").isZero();
        assertThat(window.mistakes()).isEmpty();
    }

    @Test
    void anAddressForAnotherCalendarIsMadeShownOnceRenewedAndTakenAway() throws Exception {
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            page.onDialog(com.microsoft.playwright.Dialog::accept);
            window.visit("/calendar");
            page.click("main button:has-text('address')");
            page.waitForSelector(".fresh-token");
            String first = page.textContent(".fresh-token");
            assertThat(first).matches("http://localhost:[0-9]+/calendar/feed/[\\w-]{43}\\.ics");
            assertThat(dev.drover.testing.Visitor.get(first).body()).startsWith("BEGIN:VCALENDAR\r\n");
            assertThat(window.barriers()).isEmpty();
            window.visit("/calendar");
            assertThat(page.locator(".fresh-token").count()).as("shown once").isZero();
            assertThat(page.textContent("main")).contains("You have an address").contains("last read on");
            page.click("text=New address");
            page.waitForSelector(".fresh-token");
            assertThat(page.textContent(".fresh-token")).isNotEqualTo(first);
            assertThat(dev.drover.testing.Visitor.get(first).statusCode()).isEqualTo(404);
            page.click("text=Take it away");
            page.waitForSelector("text=opens nothing any more.");
            assertThat(page.textContent("main")).contains("Make an address");
            assertThat(window.mistakes()).isEmpty();
        }
    }

    private String entry() {
        return ".calendar-entry[draggable=true]:has-text('" + own + "')";
    }

    private static String cell(LocalDate date) {
        return ".calendar-day[data-day='" + date + "']";
    }

    private Instant at(long id) throws Exception {
        return Instant.parse(api.get("/api/v1/campaigns/" + id).get("scheduledAt").asString());
    }
}
