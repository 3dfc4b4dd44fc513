package dev.drover.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.kernel.Channel;
import dev.drover.testing.IntegrationTest;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A test of times of the day: each variant at its own, each given as long, the rest at the winner's. */
@IntegrationTest
class SendTimeTestIntegrationTests extends CampaignWalk {

    private static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");
    private static final Duration WAIT = Duration.ofHours(1);

    @Test
    void eachVariantLeavesAtItsTimeAndTheRestAtTheWinners() throws Exception {
        var people = sendings.people(api, 80, ZONE.getId());
        long id = sendings.campaign(api, sendings.segment(api, people), sendings.template(Channel.EMAIL), """
                , "type": "ab_test", "experiment": {"metric": "open_rate", "variable": "send_time", "timeZone": "%s", "testShare": 0.5, "waitHours": 1, "minimumSample": 5,
                  "variants": [{"id": "A", "sendTime": "10:00"}, {"id": "B", "sendTime": "16:00"}]}""".formatted(ZONE));
        var begun = clock.instant();
        sendings.to(api, id, "start");
        await().atMost(Sendings.PATIENCE).until(() -> sendings.get(api, id).at("/run/phase").asString().equals("testing"));
        var started = Instant.parse(sendings.get(api, id).at("/run/dueAt").asString());
        var at = List.of(next(LocalTime.of(10, 0), started), next(LocalTime.of(16, 0), started));
        for (int variant = 0; variant < 2; variant++) {
            assertThat(dues(id, Integer.toString(variant))).hasSizeGreaterThan(5).containsOnly(at.get(variant));
        }
        int early = at.get(0).isBefore(at.get(1)) ? 0 : 1;
        int late = 1 - early;
        assertThat(Instant.parse(sendings.get(api, id).at("/run/decideAt").asString())).as("the wait counts from the last of them").isEqualTo(at.get(late).plus(WAIT));

        travel(at.get(early).plusSeconds(60));
        awaitSent(id, early);
        assertThat(sent(id, late)).isZero();
        // Everybody reads it, but of those sent early after their hour: within the same time none of them did.
        react(id, early, WAIT.plusMinutes(20));
        travel(at.get(late).plusSeconds(60));
        awaitSent(id, late);
        react(id, late, Duration.ofMinutes(20));
        travel(at.get(late).plus(WAIT).plusSeconds(60));
        await().atMost(Sendings.PATIENCE).until(() -> sendings.get(api, id).at("/run/phase").asString().equals("sending"));
        var test = api.get("/api/v1/campaigns/" + id + "/test");
        assertThat(test.get("winner").asString()).isEqualTo(late == 0 ? "A" : "B");
        assertThat(test.at("/variants/" + early + "/opened").asInt()).as("too late to count").isZero();
        assertThat(test.at("/variants/" + late + "/opened").asInt()).isEqualTo(test.at("/variants/" + late + "/recipients").asInt());
        assertThat(test.at("/variants/" + late + "/says").asString()).isEqualTo((late == 0 ? "10:00 " : "16:00 ") + ZONE);
        var rest = next(late == 0 ? LocalTime.of(10, 0) : LocalTime.of(16, 0), Instant.parse(test.get("decidedAt").asString()));
        assertThat(dues(id, "rest")).hasSizeGreaterThan(20).containsOnly(rest);
        assertThat(rest).as("the next day").isEqualTo(at.get(late).plus(Duration.ofDays(1)));
        travel(rest.plusSeconds(60));
        sendings.awaitStatus(api, id, "completed");
        assertThat(sendings.recipients(id, "sent")).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(people);
        assertThat(jdbc.sql("SELECT min(sent_at) FROM message WHERE origin_type = 'campaign' AND origin_id = ?").param(Long.toString(id)).query(Timestamp.class).single().toInstant()).isAfter(begun);
    }

    @Test
    void badTimesAreToldAtTheirField() throws Exception {
        String test = "{\"variable\": \"send_time\", %s \"variants\": [{\"id\": \"A\"}, %s]}";
        assertThat(wrong(test.formatted("", "{\"id\": \"B\"}"))).containsExactly("experiment.variants[1].sendTime");
        assertThat(wrong(test.formatted("", "{\"id\": \"B\", \"sendTime\": \"noon\"}"))).containsExactly("experiment.variants[1].sendTime");
        assertThat(wrong(test.formatted("", "{\"id\": \"B\", \"sendTime\": \"25:00\"}"))).containsExactly("experiment.variants[1].sendTime");
        assertThat(wrong(test.formatted("", "{\"id\": \"B\", \"sendTime\": \"09:00\"}, {\"id\": \"C\", \"sendTime\": \"09:00\"}"))).containsExactly("experiment.variants[2].sendTime");
        assertThat(wrong(test.formatted("", "{\"id\": \"B\", \"subject\": \"x\", \"sendTime\": \"09:00\"}"))).containsExactly("experiment.variants[1].subject");
        assertThat(wrong(test.formatted("\"timeZone\": \"Europe/Nowhere\",", "{\"id\": \"B\", \"sendTime\": \"09:00\"}"))).containsExactly("experiment.timeZone");
        String nine = IntStream.range(1, 9).mapToObj(n -> "{\"id\": \"V%1$d\", \"sendTime\": \"1%1$d:00\"}".formatted(n)).collect(Collectors.joining(", "));
        assertThat(wrong(test.formatted("", nine))).as("nine are too many").containsExactly("experiment.variants");
    }

    private List<String> wrong(String experiment) throws Exception {
        var answer = api.send("POST", "/api/v1/campaigns", "application/json", "{\"name\": \"%s\", \"type\": \"ab_test\", \"experiment\": %s}".formatted(UUID.randomUUID(), experiment));
        assertThat(answer.statusCode()).isEqualTo(422);
        return new JsonMapper().readTree(answer.body()).get("errors").findValuesAsString("field");
    }

    private static Instant next(LocalTime at, Instant from) {
        var today = ZonedDateTime.ofInstant(from, ZONE).with(at);
        return (today.toInstant().isBefore(from) ? today.plusDays(1) : today).toInstant();
    }

    private void travel(Instant to) {
        time.advance(Duration.between(clock.instant(), to));
    }

    private List<Instant> dues(long id, String variant) {
        return jdbc.sql("SELECT m.not_before FROM message m JOIN mailing g ON g.id = m.mailing_id WHERE g.key = ?").param("campaign:%d:1:%s".formatted(id, variant))
                .query((row, n) -> row.getTimestamp(1).toInstant()).list();
    }

    private long sent(long id, int variant) {
        return jdbc.sql("SELECT count(*) FROM message m JOIN mailing g ON g.id = m.mailing_id WHERE g.key = ? AND m.status = 'sent'").param("campaign:%d:1:%d".formatted(id, variant)).query(Long.class).single();
    }

    private void awaitSent(long id, int variant) {
        await("variant " + variant + " has left").atMost(Sendings.PATIENCE).until(() -> sent(id, variant) == dues(id, Integer.toString(variant)).size());
    }

    /** All who got the variant, so long after it left. */
    private void react(long id, int variant, Duration after) {
        jdbc.sql("""
                INSERT INTO engagement (message_id, kind, at, device, client, machine, decided) SELECT m.id, 'open', m.sent_at + make_interval(secs => ?), 'mobile', 'test', NULL, true
                  FROM message m JOIN mailing g ON g.id = m.mailing_id WHERE g.key = ? AND m.status = 'sent'""").param(after.toSeconds()).param("campaign:%d:1:%d".formatted(id, variant)).update();
    }
}
