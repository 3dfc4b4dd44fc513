package dev.drover.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.kernel.Channel;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Conditions on an audience: told at their place, asked before anything is queued, gone on with where they were broken off. */
@IntegrationTest
class AudienceConditionIntegrationTests extends CampaignWalk {

    private static final String GOLD = ", \"conditions\": [{\"field\": \"attributes.tier\", \"operator\": \"eq\", \"value\": \"gold\"}]";

    @Autowired
    Campaigns campaigns;

    @Autowired
    Runs runs;

    @Autowired
    Recipients recipients;

    @Autowired
    Sifting sifting;

    @Autowired
    TransactionTemplate transaction;

    /** @return external ids */
    private List<String> people(int count, String tier) throws Exception {
        String name = "tier-" + UUID.randomUUID();
        var ids = IntStream.range(0, count).mapToObj(n -> name + "-" + n).toList();
        api.post("/api/v1/customers/batch", "application/x-ndjson", ids.stream().map(id -> """
                {"externalId": "%1$s", "email": "%1$s@example.org", "firstName": "Sam", "timeZone": "%2$s", "attributes": {"tier": "%3$s"}, "consent": {"email": true, "source": "test"}}"""
                .formatted(id, sendings.middayZone(), tier)).collect(Collectors.joining("\n", "", "\n")));
        return ids;
    }

    private String segment(List<String> one, List<String> other) throws Exception {
        String segment = sendings.segment(api, one);
        sendings.change(api, segment, "add", other);
        return segment;
    }

    @Test
    void onlyThoseGetItWhoFulfilThem() throws Exception {
        var gold = people(3, "gold");
        long id = sendings.campaign(api, segment(gold, people(4, "tin")), sendings.template(Channel.EMAIL), GOLD);
        assertThat(sendings.get(api, id).at("/conditions/conditions/0/field").asString()).isEqualTo("attributes.tier");
        var estimate = sendings.to(api, id, "estimate");
        assertThat(List.of(estimate.get("candidates").asInt(), estimate.get("looked").asInt(), estimate.get("audience").asInt(), estimate.get("recipients").asInt())).containsExactly(7, 7, 3, 3);
        assertThat(estimate.get("projected").asBoolean()).isFalse();
        sendings.to(api, id, "start");
        sendings.awaitStatus(api, id, "completed");
        assertThat(sendings.recipients(id, "sent")).containsExactlyInAnyOrderElementsOf(gold);
        assertThat(sendings.get(api, id).at("/run/recipients").asInt()).isEqualTo(3);
        assertThat(sendings.get(api, id).at("/run/sifted").asInt()).isEqualTo(7);
        assertThat(sendings.statuses(id)).as("the others aren't even refused").hasSize(1);
    }

    @Test
    void segmentsAreAskedForAsTheyAreThen() throws Exception {
        var people = sendings.people(api, 3);
        String asked = sendings.segment(api, List.of(people.getFirst()));
        long id = sendings.campaign(api, sendings.segment(api, people), sendings.template(Channel.EMAIL),
                ", \"conditions\": {\"logic\": \"AND\", \"conditions\": [{\"field\": \"segment\", \"operator\": \"eq\", \"value\": \"%s\"}]}, \"scheduledAt\": \"%s\"".formatted(asked, clock.instant().plus(Duration.ofMinutes(30))));
        sendings.to(api, id, "schedule");
        assertThat(api.send("DELETE", "/api/v1/segments/" + asked, "application/json", "").statusCode()).as("a campaign still asks for it").isEqualTo(409);
        sendings.change(api, asked, "add", List.of(people.get(1)));
        sendings.change(api, asked, "remove", List.of(people.getFirst()));
        time.advance(Duration.ofMinutes(31));
        sendings.awaitStatus(api, id, "completed");
        assertThat(sendings.recipients(id, "sent")).containsExactly(people.get(1));
    }

    @Test
    void whatIsWrongIsToldAtItsPlaceAndNothingIsKept() throws Exception {
        String segment = sendings.segment(api, List.of());
        String name = UUID.randomUUID().toString();
        String body = "{\"name\": \"%s\", \"segment\": \"%s\", \"exclude\": [\"%s\"], \"conditions\": %s}";
        assertThat(post(body.formatted(name, segment, "none-" + name, "null"))).contains("\"exclude\"").contains("There is no segment 'none-" + name);
        assertThat(post(body.formatted(name, "none-" + name, segment, "null"))).contains("\"segment\"").contains("There is no segment 'none-" + name);
        String other = sendings.segment(api, List.of());
        assertThat(post(body.formatted(name, segment, other, "[{\"field\": \"totalOrders\", \"operator\": \"gte\", \"value\": \"many\"}]"))).contains("conditions.conditions[0].value");
        assertThat(post(body.formatted(name, segment, other, "[{\"field\": \"no.such\", \"operator\": \"gte\", \"value\": 1}]"))).contains("conditions.conditions[0].field");
        assertThat(post(body.formatted(name, segment, other, "[{\"field\": \"segment\", \"operator\": \"eq\", \"value\": \"nobody-knows\"}]"))).contains("conditions.conditions[0].value");
        assertThat(post(body.formatted(name, segment, other, "\"1 == 1; System.exit(0)\""))).contains("conditions is an object");
        assertThat(campaigns.names()).doesNotContain(name);

        long id = api.postJson("/api/v1/campaigns", body.formatted(name, segment, other, "[{\"field\": \"totalOrders\", \"operator\": \"gte\", \"value\": 1}]")).get("id").asLong();
        var put = api.send("PUT", "/api/v1/campaigns/" + id, "application/json", body.formatted(name, "none-" + name, other, "null"));
        assertThat(put.statusCode()).isEqualTo(422);
        assertThat(put.body()).contains("\"segment\"");
        assertThat(sendings.get(api, id).get("segment").asString()).isEqualTo(segment);
        assertThat(sendings.get(api, id).get("conditions").isNull()).isFalse();
    }

    private String post(String body) throws Exception {
        var answer = api.send("POST", "/api/v1/campaigns", "application/json", body);
        assertThat(answer.statusCode()).isEqualTo(422);
        return answer.body();
    }

    @Test
    void nobodyWhoFulfilsThemIsToldAtTheStartAndWhenItsTimeComes() throws Exception {
        String segment = sendings.segment(api, people(2, "tin"));
        long id = sendings.campaign(api, segment, sendings.template(Channel.EMAIL), GOLD);
        var refused = api.send("POST", "/api/v1/campaigns/" + id + "/start", "application/json", "{}");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("\"conditions\"").contains("nobody fulfils its conditions");

        var gold = people(1, "gold");
        sendings.change(api, segment, "add", gold);
        api.postJson("/api/v1/campaigns/" + id + "/schedule", "{\"scheduledAt\": \"%s\"}".formatted(clock.instant().plus(Duration.ofMinutes(20))));
        api.postJson("/api/v1/customers", "{\"externalId\": \"%s\", \"attributes\": {\"tier\": \"tin\"}}".formatted(gold.getFirst()));
        time.advance(Duration.ofMinutes(21));
        sendings.awaitStatus(api, id, "draft");
        assertThat(sendings.get(api, id).get("problem").asString()).isEqualTo("Of 3 in its audience nobody fulfils its conditions any more.");
        assertThat(sendings.get(api, id).at("/run/phase").asString()).isEqualTo("refused");
        assertThat(sendings.statuses(id)).isEmpty();
        assertThat(api.send("DELETE", "/api/v1/campaigns/" + id, "application/json", "").statusCode()).as("nothing of it was ever sent").isEqualTo(204);
    }

    @Test
    void goesOnWhereItWasBrokenOffAndHoldsWhilePaused() throws Exception {
        var gold = people(2, "gold");
        long id = sendings.campaign(api, segment(gold, people(2, "tin")), sendings.template(Channel.EMAIL), GOLD + ", \"scheduledAt\": \"%s\"".formatted(clock.instant().plus(Duration.ofDays(2))));
        sendings.to(api, id, "schedule");
        var run = runs.find(id, 1).orElseThrow();
        // As a step leaves it that took the snapshot and was killed; the engine's own comes later.
        transaction.executeWithoutResult(status -> runs.begin(run, recipients.snapshot(campaigns.require(id), 1), List.of(), true));
        transaction.executeWithoutResult(status -> {
            assertThat(sifting.some(id, 1).outcome()).isEqualTo("more");
            status.setRollbackOnly();
        });
        assertThat(runs.find(id, 1).orElseThrow().sifted()).as("broken off, it is as if it hadn't been").isZero();
        sendings.to(api, id, "pause");
        assertThat(step(id)).isEqualTo("paused");
        assertThat(runs.find(id, 1).orElseThrow().sifted()).isZero();
        jdbc.sql("UPDATE email_campaign SET status = 'running' WHERE id = ?").param(id).update();
        assertThat(step(id)).isEqualTo("more");
        assertThat(runs.find(id, 1).orElseThrow().sifted()).isEqualTo(4);
        assertThat(step(id)).isEqualTo("go");
        assertThat(step(id)).as("once more changes nothing").isEqualTo("go");
        assertThat(runs.find(id, 1).orElseThrow().recipients()).isEqualTo(2);
        assertThat(recipients.next(id, 1, 0, 10)).hasSize(2);
        sendings.to(api, id, "cancel");
        await().atMost(Sendings.PATIENCE).until(() -> sendings.get(api, id).at("/run/phase").asString().equals("cancelled"));
    }

    private String step(long id) {
        return transaction.execute(status -> sifting.some(id, 1)).outcome();
    }
}
