package dev.drover.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.kernel.Channel;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Campaigns that come again, by several channels, at each customer's own hour. */
@IntegrationTest
class CampaignKindsIntegrationTests extends CampaignWalk {

    @Test
    void anAutomatedOneComesEachTimeToWhoIsInItThenAndOnceWithinItsDays() throws Exception {
        // In an hour from now, each day; where they live it is about midday then.
        var at = clock.instant().plus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC).toLocalTime().withSecond(0).withNano(0);
        var old = sendings.people(api, 2);
        String segment = sendings.segment(api, old);
        long id = sendings.campaign(api, segment, sendings.template(Channel.EMAIL), ", \"type\": \"automated\", \"settings\": {\"repeat\": {\"time\": \"%s\"}, \"oncePerDays\": 7}".formatted(at));
        var planned = sendings.to(api, id, "schedule");
        assertThat(planned.get("status").asString()).isEqualTo("scheduled");
        assertThat(Instant.parse(planned.get("scheduledAt").asString()).atOffset(ZoneOffset.UTC).toLocalTime()).isEqualTo(at);
        time.advance(Duration.ofHours(1).plusMinutes(1));
        await().atMost(Sendings.PATIENCE).until(() -> sendings.count(id, "sent") == 2 && sendings.get(api, id).at("/run/number").asInt() == 2);
        assertThat(sendings.get(api, id).get("status").asString()).isEqualTo("scheduled");

        var fresh = sendings.people(api, 1);
        sendings.change(api, segment, "add", fresh);
        time.advance(Duration.ofDays(1));
        await().atMost(Sendings.PATIENCE).until(() -> sendings.count(id, "sent") == 3 && sendings.get(api, id).at("/run/number").asInt() == 3);
        assertThat(sendings.recipients(id, "sent")).as("the first two aren't written to again").containsExactlyElementsOf(java.util.stream.Stream.concat(old.stream(), fresh.stream()).toList());

        sendings.to(api, id, "pause");
        time.advance(Duration.ofDays(1));
        assertThat(sendings.get(api, id).at("/run/phase").asString()).isEqualTo("waiting");
        sendings.to(api, id, "resume");
        await("one with nobody in it closes").atMost(Sendings.PATIENCE).until(() -> sendings.get(api, id).at("/run/number").asInt() == 4);
        assertThat(sendings.count(id, "sent")).isEqualTo(3);
        assertThat(sendings.to(api, id, "cancel").get("status").asString()).isEqualTo("cancelled");
        time.advance(Duration.ofDays(1));
        assertThat(sendings.get(api, id).at("/run/number").asInt()).isEqualTo(4);
    }

    @Test
    void whomTheFirstChannelCannotReachIsTriedByTheNext() throws Exception {
        var both = sendings.people(api, 1).getFirst();
        String texts = "camp-" + UUID.randomUUID();
        String nobody = "camp-" + UUID.randomUUID();
        api.postJson("/api/v1/customers", "{\"externalId\": \"%1$s\", \"email\": \"%1$s@example.org\", \"phone\": \"+31612345678\", \"timeZone\": \"%2$s\", \"consent\": {\"sms\": true, \"source\": \"test\"}}"
                .formatted(texts, sendings.middayZone()));
        api.postJson("/api/v1/customers", "{\"externalId\": \"%1$s\", \"email\": \"%1$s@example.org\", \"timeZone\": \"%2$s\"}".formatted(nobody, sendings.middayZone()));
        long id = sendings.campaign(api, sendings.segment(api, List.of(both, texts, nobody)), sendings.template(Channel.EMAIL), ", \"settings\": {\"fallback\": [\"%s\"]}".formatted(sendings.template(Channel.SMS)));
        sendings.to(api, id, "start");
        sendings.awaitStatus(api, id, "completed");
        Map<String, String> ways = jdbc.sql("SELECT c.external_id, m.channel || ' ' || m.status FROM message m JOIN customer c ON c.id = m.customer_id WHERE m.origin_type = 'campaign' AND m.origin_id = ?")
                .param(Long.toString(id)).query((row, n) -> Map.entry(row.getString(1), row.getString(2))).list().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        assertThat(ways).isEqualTo(Map.of(both, "email sent", texts, "sms sent", nobody, "email skipped"));
        var two = sendings.template(Channel.EMAIL);
        long same = sendings.campaign(api, sendings.segment(api, List.of(both)), two, ", \"settings\": {\"fallback\": [\"%s\"]}".formatted(sendings.template(Channel.EMAIL)));
        assertThat(api.send("POST", "/api/v1/campaigns/" + same + "/start", "application/json", "{}").body()).contains("a stand-in is for another channel");
    }

    @Test
    void byTheirOwnClocksEachGetsItAtThatHour() throws Exception {
        // Tomorrow at eleven, which is no quiet hour anywhere.
        var local = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).toLocalDate().plusDays(2).atTime(11, 0);
        var tokyo = sendings.people(api, 1, "Asia/Tokyo").getFirst();
        var lima = sendings.people(api, 1, "America/Lima").getFirst();
        long id = sendings.campaign(api, sendings.segment(api, List.of(tokyo, lima)), sendings.template(Channel.EMAIL), ", \"scheduledAt\": \"%s\", \"settings\": {\"localTime\": true}".formatted(local));
        assertThat(api.send("POST", "/api/v1/campaigns/" + id + "/start", "application/json", "{}").statusCode()).isEqualTo(409);
        sendings.to(api, id, "schedule");
        var there = local.atZone(ZoneId.of("Asia/Tokyo")).toInstant();
        time.advance(Duration.between(clock.instant(), there.minusSeconds(60)));
        await().atMost(Sendings.PATIENCE).until(() -> sendings.count(id, "queued") == 2);
        assertThat(sendings.count(id, "sent")).isZero();
        time.advance(Duration.ofMinutes(2));
        await().atMost(Sendings.PATIENCE).until(() -> sendings.recipients(id, "sent").equals(List.of(tokyo)));
        var far = local.atZone(ZoneId.of("America/Lima")).toInstant();
        time.advance(Duration.between(clock.instant(), far.plusSeconds(60)));
        sendings.awaitStatus(api, id, "completed");
        assertThat(jdbc.sql("SELECT m.sent_at FROM message m JOIN customer c ON c.id = m.customer_id WHERE m.origin_type = 'campaign' AND c.external_id = ?").param(lima)
                .query((row, n) -> row.getTimestamp(1).toInstant()).single()).isBetween(far, far.plusSeconds(180));
    }
}
