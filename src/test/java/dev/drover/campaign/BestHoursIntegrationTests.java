package dev.drover.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.drover.campaign.BestHours.Chosen;
import dev.drover.delivery.HeldMailings;
import dev.drover.delivery.Mailings;
import dev.drover.delivery.MessageOrigin;
import dev.drover.kernel.Channel;
import dev.drover.template.Templates;
import dev.drover.testing.IntegrationTest;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** The hour at which each is likeliest to react: known answers, by whose clock, and a campaign sent so. */
@IntegrationTest
class BestHoursIntegrationTests extends CampaignWalk {

    private static final String TOKYO = "Asia/Tokyo";
    private static final String LIMA = "America/Lima";

    @Autowired
    BestHours hours;

    @Autowired
    Mailings mailings;

    @Autowired
    Templates templates;

    @Autowired
    HeldMailings held;

    private long number(String customer) {
        return jdbc.sql("SELECT id FROM customer WHERE external_id = ?").param(customer).query(Long.class).single();
    }

    /** A message of some days ago, and what became of it at that hour of the customer's own clock. */
    private long reacts(long customer, Channel channel, String zone, int daysAgo, int hour, String kind, String machine) {
        Instant at = LocalDate.ofInstant(clock.instant(), ZoneId.of(zone)).minusDays(daysAgo).atTime(hour, 20).atZone(ZoneId.of(zone)).toInstant();
        long message = jdbc.sql("""
                INSERT INTO message (key, customer_id, channel, address, origin_type, origin_id, template, category, type, status, not_before, queued_at, sent_at)
                VALUES (?, ?, ?, 'x@example.org', 'test', 'x', 'x', 'newsletter', 'marketing', 'sent', ?, ?, ?) RETURNING id""")
                .params("best-" + UUID.randomUUID(), customer, channel.key(), Timestamp.from(at), Timestamp.from(at), Timestamp.from(at)).query(Long.class).single();
        again(message, at, kind, machine);
        return message;
    }

    private void again(long message, Instant at, String kind, String machine) {
        jdbc.sql("INSERT INTO engagement (message_id, kind, at, device, client, machine, decided) VALUES (?, ?, ?, 'mobile', 'test', ?::text, true)").param(message).param(kind).param(Timestamp.from(at)).param(machine).update();
    }

    @Test
    void ownReactionsCountAgainstEverybodysByTheirWeight() throws Exception {
        var shares = new ArrayList<>(Collections.nCopies(24, 0.02));
        shares.set(10, 0.15);
        shares.set(9, 0.11);
        shares.set(14, 0.04);
        shares.set(3, 0.3);
        var people = sendings.people(api, 8, TOKYO).stream().map(this::number).toList();
        reacts(people.get(0), Channel.EMAIL, TOKYO, 3, 19, "open", null);
        reacts(people.get(0), Channel.EMAIL, TOKYO, 5, 19, "click", null);
        reacts(people.get(0), Channel.EMAIL, TOKYO, 9, 19, "open", null);
        reacts(people.get(1), Channel.EMAIL, TOKYO, 3, 9, "open", null);
        reacts(people.get(2), Channel.EMAIL, TOKYO, 3, 14, "open", null);
        for (int day = 1; day < 5; day++) {
            reacts(people.get(3), Channel.EMAIL, TOKYO, day, 19, "open", "apple-privacy");
            reacts(people.get(4), Channel.SMS, TOKYO, day, 19, "click", null);
            reacts(people.get(5), Channel.EMAIL, TOKYO, 200 + day, 19, "open", null);
        }
        long read = reacts(people.get(6), Channel.EMAIL, TOKYO, 2, 14, "open", null);
        for (int minute = 1; minute < 6; minute++) {
            again(read, clock.instant().minus(Duration.ofHours(20)).plusSeconds(minute), "open", null);
        }
        reacts(people.get(7), Channel.EMAIL, TOKYO, 2, 23, "open", null);
        Map<Long, Chosen> chosen = hours.of(Channel.EMAIL, shares, clock.instant(), people).stream().collect(Collectors.toMap(Chosen::customer, Function.identity()));
        assertThat(chosen.get(people.get(0))).as("3 + 20 × 0.02 against 20 × 0.15").isEqualTo(new Chosen(people.get(0), 19, 3));
        assertThat(chosen.get(people.get(1))).as("1 + 20 × 0.11 against 20 × 0.15").isEqualTo(new Chosen(people.get(1), 9, 1));
        assertThat(chosen.get(people.get(2))).as("1 + 20 × 0.04 against 20 × 0.15").isEqualTo(new Chosen(people.get(2), 10, 1));
        assertThat(chosen.get(people.get(3))).as("machines aren't people").isEqualTo(new Chosen(people.get(3), 10, 0));
        assertThat(chosen.get(people.get(4))).as("another channel").isEqualTo(new Chosen(people.get(4), 10, 0));
        assertThat(chosen.get(people.get(5))).as("too long ago").isEqualTo(new Chosen(people.get(5), 10, 0));
        assertThat(chosen.get(people.get(6))).as("a message counts once").isEqualTo(new Chosen(people.get(6), 10, 1));
        assertThat(chosen.get(people.get(7))).as("at night nobody is written to, nor at three, whatever everybody does").isEqualTo(new Chosen(people.get(7), 10, 0));
        assertThat(hours.of(Channel.SMS, shares, clock.instant(), people.subList(4, 5))).containsExactly(new Chosen(people.get(4), 19, 4));
        assertThat(hours.of(Channel.EMAIL, shares, clock.instant().minus(Duration.ofDays(4)), people.subList(0, 2))).as("what came later isn't looked at")
                .containsExactly(new Chosen(people.get(0), 10, 2), new Chosen(people.get(1), 10, 0));
    }

    @Test
    void everybodysSharesAreCountedUponWhatIsUsual() throws Exception {
        var people = sendings.people(api, 30, LIMA).stream().map(this::number).toList();
        people.forEach(customer -> reacts(customer, Channel.PUSH, LIMA, 1, 17, "click", null));
        double[] expected = {0, 0, 0, 0, 0, 0, 1, 3, 5, 7, 8, 7, 6, 5, 5, 4, 4, 4, 5, 6, 6, 4, 2, 0};
        jdbc.sql("""
                SELECT extract(hour FROM f.at AT TIME ZONE coalesce(c.time_zone, 'UTC'))::int, count(*) FROM (SELECT m.customer_id, min(e.at) AS at FROM engagement e JOIN message m ON m.id = e.message_id
                 WHERE m.channel = 'push' AND e.decided AND e.machine IS NULL AND e.kind IN ('open', 'click') GROUP BY m.id, m.customer_id) f JOIN customer c ON c.id = f.customer_id GROUP BY 1""")
                .query(row -> {
                    expected[row.getInt(1)] += row.getLong(2);
                });
        double sum = java.util.Arrays.stream(expected).sum();
        var shares = hours.shares(Channel.PUSH, clock.instant());
        assertThat(shares.stream().mapToDouble(Double::doubleValue).sum()).isCloseTo(1, within(1e-9));
        for (int hour = 0; hour < 24; hour++) {
            assertThat(shares.get(hour)).as("hour " + hour).isCloseTo(expected[hour] / sum, within(1e-12));
        }
        assertThat(expected[17]).isGreaterThanOrEqualTo(34);
    }

    @Test
    void eachIsDueAtThatHourOfTheirOwnClockWithinADay() throws Exception {
        var tokyo = number(sendings.people(api, 1, TOKYO).getFirst());
        var lima = number(sendings.people(api, 1, LIMA).getFirst());
        var from = clock.instant();
        for (int hour : new int[] {0, 7, 8, 12, 20, 23}) {
            long mailing = mailings.open("best-" + UUID.randomUUID(), templates.find(sendings.template(Channel.EMAIL)).orElseThrow(), new MessageOrigin("campaign", "best", null, null));
            held.hold(mailing);
            assertThat(mailings.queue(mailing, List.of(new Mailings.Due(tokyo, hour, "waits"), new Mailings.Due(lima, hour, "waits")), from, "best-hour")).isEqualTo(2);
            assertThat(mailings.queue(mailing, List.of(new Mailings.Due(tokyo, 5, "waits")), from, "best-hour")).as("each once").isZero();
            for (var each : Map.of(tokyo, TOKYO, lima, LIMA).entrySet()) {
                var zone = ZoneId.of(each.getValue());
                var due = jdbc.sql("SELECT not_before, status, reason FROM message WHERE mailing_id = ? AND customer_id = ?").params(mailing, each.getKey())
                        .query((row, n) -> List.of(row.getTimestamp(1).toInstant(), row.getString(2), String.valueOf(row.getString(3)))).single();
                boolean now = from.atZone(zone).getHour() == hour;
                var local = from.atZone(zone).truncatedTo(ChronoUnit.DAYS).withHour(hour);
                var next = local.toInstant().isAfter(from) ? local : local.plusDays(1);
                assertThat((Instant) due.get(0)).isEqualTo(now ? clock.instant().isAfter(from) ? due.get(0) : from : next.toInstant());
                assertThat(due.subList(1, 3)).isEqualTo(now ? List.of("queued", "null") : List.of("deferred", "waits"));
            }
        }
    }

    @Test
    void aCampaignReachesEachAtTheirHourAndSaysOnWhatThatRests() throws Exception {
        var tokyo = sendings.people(api, 2, TOKYO);
        var lima = sendings.people(api, 2, LIMA);
        for (int day = 101; day < 130; day++) {
            reacts(number(tokyo.getFirst()), Channel.EMAIL, TOKYO, day, 19, "open", null);
            reacts(number(lima.getFirst()), Channel.EMAIL, LIMA, day, 12, "open", null);
        }
        var all = new ArrayList<>(tokyo);
        all.addAll(lima);
        long id = sendings.campaign(api, sendings.segment(api, all), sendings.template(Channel.EMAIL), ", \"settings\": {\"sendTime\": \"optimised\"}");
        assertThat(sendings.get(api, id).at("/settings/sendTime").asString()).isEqualTo("optimised");
        var estimate = sendings.to(api, id, "estimate");
        var spread = new HashMap<Integer, List<Long>>();
        estimate.get("hours").forEach(hour -> spread.put(hour.get("hour").asInt(), List.of(hour.get("own").asLong(), hour.get("everybodys").asLong())));
        assertThat(spread.get(19).getFirst()).isEqualTo(1);
        assertThat(spread.get(12).getFirst()).isEqualTo(1);
        assertThat(spread.values().stream().mapToLong(List::getLast).sum()).isEqualTo(2);

        var begun = clock.instant();
        sendings.to(api, id, "start");
        await().atMost(Sendings.PATIENCE).until(() -> sendings.get(api, id).at("/run/phase").asString().equals("sending"));
        var told = api.get("/api/v1/campaigns/" + id + "/stats").get("hours");
        assertThat(told).isEqualTo(estimate.get("hours"));
        assertThat(jdbc.sql("SELECT DISTINCT s.reason FROM message_step s JOIN message m ON m.id = s.message_id WHERE m.origin_type = 'campaign' AND m.origin_id = ? AND m.customer_id = ?")
                .params(Long.toString(id), number(tokyo.getFirst())).query(String.class).list()).allMatch(reason -> reason.equals("waits for 19:00 by their own clock, the best hour as estimated from 29 reactions of theirs and everybody's"));
        // Hour by hour, as a day goes by.
        for (int hour = 0; hour < 25 && !sendings.get(api, id).get("status").asString().equals("completed"); hour++) {
            var due = clock.instant();
            await().atMost(Sendings.PATIENCE).until(() -> jdbc.sql("SELECT count(*) FROM message WHERE origin_type = 'campaign' AND origin_id = ? AND status IN ('queued', 'deferred', 'sending') AND not_before <= ?")
                    .params(Long.toString(id), Timestamp.from(due)).query(Long.class).single() == 0);
            time.advance(Duration.ofMinutes(55));
        }
        sendings.awaitStatus(api, id, "completed");
        var left = new HashMap<String, Instant>();
        jdbc.sql("SELECT c.external_id, m.sent_at FROM message m JOIN customer c ON c.id = m.customer_id WHERE m.origin_type = 'campaign' AND m.origin_id = ? AND m.status = 'sent'").param(Long.toString(id)).query(row -> {
            left.put(row.getString(1), row.getTimestamp(2).toInstant());
        });
        assertThat(left).hasSize(4);
        assertThat(left.values()).allSatisfy(at -> assertThat(at).isBetween(begun, begun.plus(Duration.ofHours(25))));
        assertThat(left.get(tokyo.getFirst()).atZone(ZoneId.of(TOKYO)).getHour()).isEqualTo(19);
        assertThat(left.get(lima.getFirst()).atZone(ZoneId.of(LIMA)).getHour()).isEqualTo(12);
        assertThat(left.get(tokyo.getLast()).atZone(ZoneId.of(TOKYO)).getHour()).as("everybody's hour").isEqualTo(left.get(lima.getLast()).atZone(ZoneId.of(LIMA)).getHour()).isBetween(8, 20);
    }

    @Test
    void whatContradictsItselfIsToldAtItsField() throws Exception {
        assertThat(fields("\"settings\": {\"sendTime\": \"whenever\"}")).containsExactly("settings.sendTime");
        assertThat(fields("\"settings\": {\"sendTime\": \"optimised\", \"localTime\": true}")).containsExactly("settings.sendTime");
        assertThat(fields("\"type\": \"ab_test\", \"settings\": {\"sendTime\": \"optimised\"}, \"experiment\": {\"variants\": [{\"id\": \"A\"}, {\"id\": \"B\", \"subject\": \"x\"}]}")).containsExactly("settings.sendTime");
        assertThat(dev.drover.kernel.Json.read("{\"trackOpens\": true, \"trackClicks\": true, \"localTime\": true, \"fallback\": [], \"oncePerDays\": 0}", Campaign.Settings.class).sendTime())
                .as("kept before there was a choice").isEqualTo(SendTime.LOCAL);
    }

    private List<String> fields(String more) throws Exception {
        var answer = api.send("POST", "/api/v1/campaigns", "application/json", "{\"name\": \"%s\", %s}".formatted(UUID.randomUUID(), more));
        assertThat(answer.statusCode()).isEqualTo(422);
        return new JsonMapper().readTree(answer.body()).get("errors").findValuesAsString("field");
    }
}
