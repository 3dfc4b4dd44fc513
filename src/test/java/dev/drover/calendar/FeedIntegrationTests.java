package dev.drover.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalVersion;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.property.Status;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import dev.drover.testing.Visitor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The feed as a calendar elsewhere reads it, without a log-in; read by biweekly, which knows nothing of how it is written. */
@IntegrationTest
class FeedIntegrationTests {

    private static final ZoneId UTC = ZoneId.of("UTC");

    @LocalServerPort
    int port;

    @Autowired
    Plans plans;

    @Autowired
    FeedTokens tokens;

    @Autowired
    JdbcClient jdbc;

    private final String own = "Feed " + UUID.randomUUID();
    private final String person = "feed-" + UUID.randomUUID();
    private Api api;

    @BeforeEach
    void open() {
        api = new Api("http://localhost:" + port, "test-token");
        jdbc.sql("INSERT INTO app_user (name, password_hash, role, created_at) VALUES (?, '', 'MARKETER', now())").param(person).update();
    }

    @AfterEach
    void close() {
        jdbc.sql("DELETE FROM app_user WHERE name = ?").param(person).update();
    }

    @Test
    void eachSendingIsAnEventThatStaysTheSameWhenItIsMovedAndCancelled() throws Exception {
        var day = plans.today().plusDays(14);
        String segment = plans.segment(api, plans.people(api, 2));
        long id = plans.scheduled(api, own, segment, day, LocalTime.of(10, 0), ZoneId.of("Europe/Amsterdam"), "");
        String url = address();
        var first = event(url, id);
        var begins = day.atTime(10, 0).atZone(ZoneId.of("Europe/Amsterdam")).toInstant();
        assertThat(begins(first)).isEqualTo(begins);
        assertThat(first.getSummary().getValue()).isEqualTo(own);
        assertThat(first.getStatus()).isEqualTo(Status.confirmed());
        assertThat(first.getSequence().getValue()).isEqualTo(0);
        assertThat(first.getUrl().getValue()).endsWith("/campaigns/" + id);
        assertThat(first.getDescription().getValue()).contains("scheduled, 2 e-mails expected");

        api.postJson("/api/v1/campaigns/" + id + "/schedule", "{\"scheduledAt\": \"%s\"}".formatted(begins.plusSeconds(3_600)));
        var moved = event(url, id);
        assertThat(uid(moved)).isEqualTo(uid(first));
        assertThat(moved.getSequence().getValue()).isEqualTo(1);
        assertThat(begins(moved)).isEqualTo(begins.plusSeconds(3_600));

        plans.to(api, id, "cancel");
        var cancelled = event(url, id);
        assertThat(uid(cancelled)).isEqualTo(uid(first));
        assertThat(cancelled.getStatus()).isEqualTo(Status.cancelled());
        assertThat(cancelled.getSequence().getValue()).isEqualTo(2);
        assertThat(cancelled.getLastModified().getValue()).isEqualTo(cancelled.getDateTimeStamp().getValue());
    }

    @Test
    void aRecurringOneIsAnEventForEachTimeAndALocalTimeFloats() throws Exception {
        String segment = plans.segment(api, plans.people(api, 1));
        long again = plans.draft(api, own + " again", segment, ", \"type\": \"automated\", \"settings\": {\"repeat\": {\"days\": [\"monday\"], \"time\": \"09:00\", \"timeZone\": \"UTC\"}}");
        plans.to(api, again, "schedule");
        var day = plans.today().plusDays(15);
        long local = plans.scheduled(api, own + " local", segment, day, LocalTime.of(18, 0), UTC, ", \"settings\": {\"localTime\": true}");
        String text = read(address());
        var calendar = calendar(text);
        var events = calendar.getEvents();
        var mondays = events.stream().filter(event -> uid(event).startsWith("campaign-" + again + "-")).toList();
        assertThat(mondays).hasSizeBetween(25, 27).extracting(event -> uid(event)).doesNotHaveDuplicates();
        assertThat(mondays).allSatisfy(event -> assertThat(begins(event).atZone(ZoneOffset.UTC).getDayOfWeek()).isEqualTo(java.time.DayOfWeek.MONDAY));
        var floating = events.stream().filter(event -> uid(event).startsWith("campaign-" + local + "-")).findFirst().orElseThrow();
        assertThat(calendar.getTimezoneInfo().isFloating(floating.getDateStart())).as("by the reader's own clock").isTrue();
        assertThat(text).contains("DTSTART:%sT180000\r\n".formatted(day.toString().replace("-", "")));
        plans.to(api, again, "cancel");
        plans.to(api, local, "cancel");
    }

    @Test
    void hostileNamesStayNames() throws Exception {
        String hostile = own + " \"a\"; b, c\\n d\\ <script>alert(1)</script> 🧀🧀🧀 END:VEVENT ATTACH:http://evil.example/ " + "ä".repeat(60);
        long id = plans.scheduled(api, hostile, plans.segment(api, plans.people(api, 1)), plans.today().plusDays(16), LocalTime.NOON, UTC, "");
        // What the API lets nobody write might come from elsewhere.
        String worse = own + "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil\r\nSUMMARY:evil";
        long other = plans.scheduled(api, own + " other", plans.segment(api, plans.people(api, 1)), plans.today().plusDays(16), LocalTime.NOON, UTC, "");
        jdbc.sql("UPDATE email_campaign SET name = ? WHERE id = ?").param(worse).param(other).update();
        String text = read(address());
        assertThat(Arrays.asList(text.split("\r\n"))).allSatisfy(line -> assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(75));
        assertThat(text.replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
        var events = events(text);
        assertThat(events).extracting(event -> uid(event)).doesNotContain("evil").doesNotHaveDuplicates();
        assertThat(find(events, id).getSummary().getValue()).isEqualTo(hostile);
        assertThat(find(events, other).getSummary().getValue()).isEqualTo(worse.replace("\r\n", "\n"));
        plans.to(api, id, "cancel");
        plans.to(api, other, "cancel");
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() throws Exception {
        long id = plans.scheduled(api, own, plans.segment(api, plans.people(api, 1)), plans.today().plusDays(17), LocalTime.NOON, UTC, "");
        String url = address();
        var first = Visitor.get(url);
        assertThat(first.headers().firstValue("Content-Type")).hasValue("text/calendar;charset=UTF-8");
        assertThat(first.headers().firstValue("Cache-Control").orElse("")).contains("max-age=300").contains("private").contains("must-revalidate");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        var again = conditional(url, tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        plans.to(api, id, "cancel");
        assertThat(conditional(url, tag).statusCode()).isEqualTo(200);
        assertThat(first.headers().allValues("Set-Cookie")).as("no session for a program").isEmpty();
    }

    @Test
    void theAddressHoldsUntilItIsRenewedTakenAwayOrItsOwnerShutOut() throws Exception {
        String first = address();
        assertThat(jdbc.sql("SELECT encode(token_hash, 'escape') FROM calendar_feed WHERE user_name = ?").param(person).query(String.class).single()).as("only its hash is kept").isNotEqualTo(first);
        assertThat(Visitor.get(first).statusCode()).isEqualTo(200);
        assertThat(tokens.of(person).orElseThrow().lastReadAt()).isNotNull();
        String second = address();
        assertThat(Visitor.get(first).statusCode()).isEqualTo(404);
        assertThat(Visitor.get(second).statusCode()).isEqualTo(200);
        jdbc.sql("UPDATE app_user SET active = false WHERE name = ?").param(person).update();
        assertThat(Visitor.get(second).statusCode()).as("who may not log in may not read").isEqualTo(404);
        jdbc.sql("UPDATE app_user SET active = true WHERE name = ?").param(person).update();
        assertThat(tokens.takeAway(person)).isTrue();
        assertThat(Visitor.get(second).statusCode()).isEqualTo(404);
        assertThat(tokens.takeAway(person)).isFalse();
        assertThat(jdbc.sql("SELECT action FROM audit_log WHERE subject = ? ORDER BY id").param(person).query(String.class).list()).containsExactly("calendar-feed.made", "calendar-feed.renewed", "calendar-feed.taken-away");
        for (String file : new String[] {"x.ics", ".ics", "x", "%00.ics", "a".repeat(3_000) + ".ics"}) {
            assertThat(Visitor.get("http://localhost:" + port + "/calendar/feed/" + file).statusCode()).as(file).isBetween(400, 404);
        }
        assertThat(Visitor.get("http://localhost:" + port + "/calendar").statusCode()).as("the page asks for a log-in").isEqualTo(302);
    }

    private String address() {
        return "http://localhost:" + port + "/calendar/feed/" + tokens.make(person) + ".ics";
    }

    private static String read(String url) throws Exception {
        var answer = Visitor.get(url);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static HttpResponse<String> conditional(String url, String tag) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url)).header("If-None-Match", tag).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static ICalendar calendar(String text) {
        var reader = Biweekly.parse(text);
        var calendar = reader.first();
        assertThat(calendar.validate(ICalVersion.V2_0).isEmpty()).as(calendar.validate(ICalVersion.V2_0).toString()).isTrue();
        return calendar;
    }

    private static List<VEvent> events(String text) {
        return calendar(text).getEvents();
    }

    private static VEvent event(String url, long campaign) throws Exception {
        return find(events(read(url)), campaign);
    }

    private static VEvent find(List<VEvent> events, long campaign) {
        return events.stream().filter(event -> uid(event).startsWith("campaign-" + campaign + "-")).findFirst().orElseThrow();
    }

    private static String uid(VEvent event) {
        return event.getUid().getValue();
    }

    private static Instant begins(VEvent event) {
        return event.getDateStart().getValue().toInstant();
    }
}
