package dev.drover.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What the calendar tells of each day, as programs get it. */
@IntegrationTest
class CalendarIntegrationTests {

    private static final ZoneId UTC = ZoneId.of("UTC");

    @LocalServerPort
    int port;

    @Autowired
    Plans plans;

    @Autowired
    JdbcClient jdbc;

    private final String own = "Calendar " + UUID.randomUUID();
    private Api api;

    @BeforeEach
    void api() {
        api = new Api("http://localhost:" + port, "test-token");
    }

    @Test
    void tellsOfScheduledOnesAndOfEachTimeARecurringOneComes() throws Exception {
        var day = plans.today().plusDays(20);
        String segment = plans.segment(api, plans.people(api, 3));
        long once = plans.scheduled(api, own + " once", segment, day, LocalTime.of(23, 30), UTC, "");
        long again = plans.draft(api, own + " again", segment, ", \"type\": \"automated\", \"settings\": {\"repeat\": {\"time\": \"09:00\", \"timeZone\": \"UTC\", \"until\": \"%sT12:00\"}}".formatted(day.plusDays(1)));
        plans.to(api, again, "schedule");

        var told = days(day, day.plusDays(2), "UTC");
        assertThat(told.get("items")).hasSize(3);
        var sending = campaign(told.at("/items/0"), once);
        assertThat(sending.get("status").asString()).isEqualTo("scheduled");
        assertThat(sending.get("messages").asLong()).isEqualTo(3);
        assertThat(sending.get("expected").asBoolean()).isTrue();
        assertThat(sending.get("movable").asBoolean()).isTrue();
        assertThat(campaign(told.at("/items/0"), again).get("at").asString()).isEqualTo(day + "T09:00:00Z");
        assertThat(campaign(told.at("/items/0"), again).get("movable").asBoolean()).isFalse();
        assertThat(campaign(told.at("/items/1"), again).path("run").isNumber()).as("it isn't planned yet").isFalse();
        assertThat(ids(told.at("/items/2"))).as("its last day is past").doesNotContain(again);
        assertThat(ids(days(day.plusDays(1), day.plusDays(1), "Europe/Amsterdam").at("/items/0"))).as("there it is the next day already").contains(once);

        plans.to(api, again, "pause");
        assertThat(campaign(days(day, day, "UTC").at("/items/0"), again).get("status").asString()).isEqualTo("paused");
        plans.to(api, again, "cancel");
        plans.to(api, once, "withdraw");
        assertThat(ids(days(day, day, "UTC").at("/items/0"))).doesNotContain(once, again);
    }

    @Test
    void whatHasLeftIsTheNumberThatLeft() throws Exception {
        long id = plans.draft(api, own, plans.segment(api, plans.people(api, 2)), "");
        plans.to(api, id, "start");
        Api.await("it is sent", java.time.Duration.ofSeconds(60), () -> api.get("/api/v1/campaigns/" + id).get("status").asString().equals("completed"));
        var told = days(plans.today().minusDays(1), plans.today(), "UTC").get("items").valueStream().flatMap(day -> day.get("campaigns").valueStream()).filter(one -> one.get("campaignId").asLong() == id).toList();
        assertThat(told).singleElement().satisfies(one -> {
            assertThat(one.get("status").asString()).isEqualTo("completed");
            assertThat(one.get("messages").asLong()).isEqualTo(2);
            assertThat(one.get("expected").asBoolean()).isFalse();
        });
    }

    @Test
    void byEachCustomersOwnClockItIsOnTheDayThatTheyAllShow() throws Exception {
        var day = plans.today().plusDays(21);
        long id = plans.scheduled(api, own, plans.segment(api, plans.people(api, 1)), day, LocalTime.of(9, 0), UTC, ", \"settings\": {\"localTime\": true}");
        for (String zone : new String[] {"UTC", "Pacific/Auckland", "America/Los_Angeles"}) {
            var told = days(day.minusDays(1), day.plusDays(1), zone);
            assertThat(ids(told.at("/items/1"))).as(zone).contains(id);
            assertThat(ids(told.at("/items/0"))).as(zone).doesNotContain(id);
        }
        plans.to(api, id, "cancel");
    }

    @Test
    void thoseThatShareRecipientsCollideAndSoDoThoseWithinAnHour() throws Exception {
        var day = plans.today().plusDays(22);
        var people = plans.people(api, 5);
        long one = plans.scheduled(api, own + " one", plans.segment(api, people.subList(0, 3)), day, LocalTime.of(7, 0), UTC, "");
        long other = plans.scheduled(api, own + " other", plans.segment(api, people.subList(1, 4)), day, LocalTime.of(20, 0), UTC, "");
        long near = plans.scheduled(api, own + " near", plans.segment(api, people.subList(4, 5)), day, LocalTime.of(20, 30), UTC, "");
        var met = days(day, day, "UTC").at("/items/0/collisions").valueStream().collect(Collectors.toMap(pair -> pair.get("campaigns").valueStream().map(JsonNode::asLong).toList(), pair -> pair.get("shared").asLong()));
        assertThat(met).containsEntry(java.util.List.of(one, other), 2L).containsEntry(java.util.List.of(other, near), 0L).doesNotContainKey(java.util.List.of(one, near));
        for (long id : new long[] {one, other, near}) {
            plans.to(api, id, "cancel");
        }
    }

    @Test
    void saysWhatIsOverTheQuotaOfADay() throws Exception {
        var day = plans.today().plusDays(25);
        long id = plans.scheduled(api, own, plans.segment(api, plans.people(api, 5)), day, LocalTime.NOON, UTC, "");
        // A warm-up that lets a lot leave on each day but that one, so that other tests go on.
        String limits = String.join(",", Collections.nCopies(25, "1000000")) + ",2,1000000";
        api.send("PUT", "/api/v1/providers/capture", "application/json", "{\"enabled\": true, \"weight\": 100, \"warmUp\": {\"start\": \"%s\", \"limits\": [%s]}}".formatted(plans.today(), limits));
        try {
            var told = days(day, day, "UTC").at("/items/0");
            var mail = told.get("channels").valueStream().filter(channel -> channel.get("channel").asString().equals("email")).findFirst().orElseThrow();
            assertThat(mail.get("most").asLong()).isEqualTo(2);
            assertThat(mail.get("over").asLong()).isEqualTo(mail.get("messages").asLong() - 2).isGreaterThanOrEqualTo(3);
            assertThat(mail.at("/shares/0/warming").asBoolean()).isTrue();
            assertThat(told.get("over").asBoolean()).isTrue();
        } finally {
            api.send("PUT", "/api/v1/providers/capture", "application/json", "{\"enabled\": true, \"weight\": 100}");
        }
        assertThat(days(day, day, "UTC").at("/items/0/over").asBoolean()).isFalse();
        plans.to(api, id, "cancel");
    }

    @Test
    void whatCanNotBeAskedIsRefusedAtItsField() throws Exception {
        refused("?from=2026-13-01", "from", "A day is written like");
        refused("?from=2026-12-02&to=2026-12-01", "to", "ends before it begins");
        refused("?from=2026-01-01&to=2026-12-01", "to", "92 days at most");
        refused("?from=9999-12-31", "from", "2000 to 2200");
        refused("?timeZone=Mars/Olympus", "timeZone", "no time zone");
        assertThat(api.get("/api/v1/calendar").get("items")).hasSize(30);
    }

    @Test
    void theTokenNeedsTheScopeOfCampaigns() throws Exception {
        assertThat(new Api("http://localhost:" + port, "nobody").send("GET", "/api/v1/calendar", "application/json", "").statusCode()).isEqualTo(401);
        byte[] hash = java.security.MessageDigest.getInstance("SHA-256").digest(own.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        jdbc.sql("INSERT INTO api_token (name, token_hash, scopes, created_by, created_at) VALUES (?, ?, '{campaigns:read}', 'test', now())").param(own).param(hash).update();
        assertThat(new Api("http://localhost:" + port, own).get("/api/v1/calendar").get("items")).isNotEmpty();
        jdbc.sql("UPDATE api_token SET scopes = '{orders:read}' WHERE name = ?").param(own).update();
        Api.await("it is known anew", java.time.Duration.ofSeconds(30), () -> new Api("http://localhost:" + port, own).send("GET", "/api/v1/calendar", "application/json", "").statusCode() == 403);
        assertThat(api.get("/v3/api-docs").get("paths").has("/api/v1/calendar")).isTrue();
    }

    private void refused(String query, String field, String words) throws Exception {
        var answer = api.send("GET", "/api/v1/calendar" + query, "application/json", "");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"field\":\"" + field + "\"").contains(words);
    }

    private JsonNode days(LocalDate from, LocalDate to, String zone) throws Exception {
        return api.get("/api/v1/calendar?from=%s&to=%s&timeZone=%s".formatted(from, to, zone));
    }

    private static JsonNode campaign(JsonNode day, long id) {
        return day.get("campaigns").valueStream().filter(one -> one.get("campaignId").asLong() == id).findFirst().orElseThrow();
    }

    private static java.util.List<Long> ids(JsonNode day) {
        return day.get("campaigns").valueStream().map(one -> one.get("campaignId").asLong()).toList();
    }
}
