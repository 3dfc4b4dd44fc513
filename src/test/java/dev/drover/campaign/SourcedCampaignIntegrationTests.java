package dev.drover.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drover.engine.EngineHistory;
import dev.drover.engine.EngineHistory.State;
import dev.drover.journey.Journeys;
import dev.drover.kernel.Channel;
import dev.drover.kernel.Problem;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import tools.jackson.databind.JsonNode;

/** Campaigns by a journey or a trigger, in virtual time on the real engine. */
@IntegrationTest
class SourcedCampaignIntegrationTests extends CampaignWalk {

    static final String JOURNEY = """
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="all" targetNamespace="test">
              <process id="%1$s" name="Drip %1$s" isExecutable="true">
                <startEvent id="begun"><outgoing>f1</outgoing><messageEventDefinition id="begins" messageRef="on_begun"/></startEvent>
                <serviceTask id="first" name="First mail"><extensionElements><zeebe:taskDefinition type="send-email"/><zeebe:ioMapping><zeebe:input source="%2$s" target="template"/></zeebe:ioMapping></extensionElements><incoming>f1</incoming><outgoing>f2</outgoing></serviceTask>
                <intermediateCatchEvent id="waits"><incoming>f2</incoming><outgoing>f3</outgoing><timerEventDefinition id="t"><timeDuration>P3D</timeDuration></timerEventDefinition></intermediateCatchEvent>
                <serviceTask id="second" name="Second mail"><extensionElements><zeebe:taskDefinition type="send-email"/><zeebe:ioMapping><zeebe:input source="%2$s" target="template"/></zeebe:ioMapping></extensionElements><incoming>f3</incoming><outgoing>f4</outgoing></serviceTask>
                <endEvent id="over"><incoming>f4</incoming></endEvent>
                <sequenceFlow id="f1" sourceRef="begun" targetRef="first"/><sequenceFlow id="f2" sourceRef="first" targetRef="waits"/><sequenceFlow id="f3" sourceRef="waits" targetRef="second"/><sequenceFlow id="f4" sourceRef="second" targetRef="over"/>
              </process>
              <message id="on_begun" name="%1$s.begun"/>
            </definitions>""";

    @Autowired
    Journeys journeys;
    @Autowired
    EngineHistory history;
    @Autowired
    Entrants entrants;
    @Autowired
    CampaignRuns runs;
    @Autowired
    Campaigns campaigns;
    @Autowired
    Runs rows;
    @Autowired
    ShippedCampaigns start;
    private final String journey = "drip-" + UUID.randomUUID().toString().substring(0, 8);
    @BeforeEach
    void deploy() throws Exception {
        api.post("/api/v1/journeys", "application/xml", JOURNEY.formatted(journey, sendings.template(Channel.EMAIL)));
    }

    @Test
    void letsItsAudienceInOnceAndIsOverWhenAllAreThrough() throws Exception {
        var people = sendings.people(api, 3);
        journeys.start(journey, people.getFirst(), Map.of()).join();
        awaitWaiting(1);
        long id = drip(", \"segment\": \"%s\"".formatted(sendings.segment(api, people)));
        var estimate = sendings.to(api, id, "estimate");
        assertThat(estimate.get("audience").asInt()).isEqualTo(3);
        assertThat(estimate.get("recipients").asInt()).isEqualTo(2);
        assertThat(estimate.at("/excluded/0/reason").asString()).isEqualTo("is on the journey already");

        assertThat(sendings.to(api, id, "start").get("status").asString()).isEqualTo("running");
        awaitWaiting(3);
        assertThat(sendings.get(api, id).at("/entered/entered").asInt()).isEqualTo(2);
        assertThat(sendings.get(api, id).at("/entered/inside").asInt()).isEqualTo(1);
        await().atMost(Sendings.PATIENCE).until(() -> stats(id, "sent") == 2);
        assertThat(sendings.get(api, id).at("/run/phase").asString()).as("it goes on while they walk").isEqualTo("sending");
        // Its process is told twice, by another worker: nobody is let in again.
        runs.queue(id, 1);
        for (String person : people) {
            assertThat(walks(person)).hasSize(1);
        }

        time.advance(Duration.ofDays(3).plusMinutes(1));
        sendings.awaitStatus(api, id, "completed");
        for (String person : people) {
            assertThat(walks(person)).extracting(EngineHistory.Instance::state).containsExactly(State.COMPLETED);
        }
        assertThat(stats(id, "sent")).as("two each of those it let in, and what the third got meanwhile").isBetween(4L, 5L);
        assertThat(jdbc.sql("SELECT count(*) FROM campaign_audience WHERE campaign_id = ?").param(id).query(Long.class).single()).isZero();
        assertThat(state()).as("as it was found").isEqualTo("running");
    }

    @Test
    void whoEntersByItsOwnWaysCountsUntilTheEndAndIsWaitedFor() throws Exception {
        api.postJson("/api/v1/journeys/" + journey + "/entries", "{\"until\": \"%s\"}".formatted(clock.instant().minusSeconds(60)));
        assertThat(state()).isEqualTo("closed");
        long id = drip(", \"endsAt\": \"%s\"".formatted(clock.instant().plus(Duration.ofDays(2))));
        sendings.to(api, id, "start");
        await().atMost(Sendings.PATIENCE).until(() -> sendings.get(api, id).at("/run/phase").asString().equals("sending"));
        assertThat(state()).as("opened by the campaign").isEqualTo("running");
        String person = sendings.people(api, 1).getFirst();
        begins(person);
        awaitWaiting(1);

        time.advance(Duration.ofDays(2).plusMinutes(5));
        await("closed again").atMost(Sendings.PATIENCE).until(() -> state().equals("closed"));
        assertThat(sendings.get(api, id).get("status").asString()).as("one is on the way").isEqualTo("running");
        awaitWaiting(1);
        time.advance(Duration.ofDays(1));
        sendings.awaitStatus(api, id, "completed");
        assertThat(stats(id, "sent")).isEqualTo(2);
        assertThat(stats(id, "recipients")).isEqualTo(2);
    }

    @Test
    void pausedNobodyGetsAnythingAndWhatSomebodyElsePausedIsTheirs() throws Exception {
        long id = drip("");
        sendings.to(api, id, "start");
        await().atMost(Sendings.PATIENCE).until(() -> sendings.get(api, id).at("/run/phase").asString().equals("sending"));
        String person = sendings.people(api, 1).getFirst();
        begins(person);
        awaitWaiting(1);
        await().atMost(Sendings.PATIENCE).until(() -> stats(id, "sent") == 1);

        assertThat(sendings.to(api, id, "pause").get("status").asString()).isEqualTo("paused");
        assertThat(state()).isEqualTo("paused");
        time.advance(Duration.ofDays(3).plusMinutes(1));
        await().atMost(Sendings.PATIENCE).until(() -> at("second") == 1);
        assertThat(stats(id, "recipients")).isEqualTo(1);
        api.postJson("/api/v1/journeys/" + journey + "/resume", "{}");
        assertThat(sendings.get(api, id).get("notice").asString()).contains("Somebody resumed the journey");
        api.postJson("/api/v1/journeys/" + journey + "/pause", "{}");
        refused(id, "resume", "was paused by");
        assertThat(sendings.get(api, id).get("notice").asString()).contains("was paused by");
        api.postJson("/api/v1/journeys/" + journey + "/resume", "{}");
        assertThat(sendings.to(api, id, "resume").get("status").asString()).isEqualTo("running");
        await().atMost(Sendings.PATIENCE).until(() -> stats(id, "sent") == 2);
        assertThat(sendings.to(api, id, "finish").get("status").asString()).isEqualTo("running");
        sendings.awaitStatus(api, id, "completed");
        assertThat(sendings.get(api, id).get("notice").isNull()).isTrue();
    }

    @Test
    void aJourneyIsOneCampaignsAtATimeAndAPausedOneIsntBegun() throws Exception {
        long one = drip("");
        sendings.to(api, one, "start");
        await().atMost(Sendings.PATIENCE).until(() -> sendings.get(api, one).at("/run/phase").asString().equals("sending"));
        long other = drip("");
        refused(other, "start", "has the journey '" + journey + "' in hand");
        api.postJson("/api/v1/campaigns/" + other + "/schedule", "{\"scheduledAt\": \"%s\"}".formatted(clock.instant().plus(Duration.ofMinutes(10))));
        time.advance(Duration.ofMinutes(11));
        sendings.awaitStatus(api, other, "draft");
        assertThat(sendings.get(api, other).get("problem").asString()).contains("has the journey");
        sendings.to(api, one, "finish");
        sendings.awaitStatus(api, one, "completed");
        api.postJson("/api/v1/journeys/" + journey + "/pause", "{}");
        refused(other, "start", "was paused by");
        api.postJson("/api/v1/journeys/" + journey + "/resume", "{}");
        sendings.to(api, other, "start");
        await().atMost(Sendings.PATIENCE).until(() -> sendings.get(api, other).at("/run/phase").asString().equals("sending"));
        refused(one, "finish", "is completed and can't be finished");
    }

    @Test
    void cancelledItEndsForThoseWhoCameAndClosesTheJourney() throws Exception {
        var people = sendings.people(api, 2);
        journeys.start(journey, people.getFirst(), Map.of()).join();
        awaitWaiting(1);
        time.advance(Duration.ofHours(1));
        long id = drip(", \"customers\": [\"%s\"]".formatted(people.getLast()));
        sendings.to(api, id, "start");
        awaitWaiting(2);
        assertThat(sendings.to(api, id, "cancel").get("status").asString()).isEqualTo("cancelled");
        await().atMost(Sendings.PATIENCE).until(() -> sendings.get(api, id).at("/run/phase").asString().equals("cancelled"));
        await().atMost(Sendings.PATIENCE).until(() -> walks(people.getLast()).getFirst().state() == State.CANCELLED);
        assertThat(walks(people.getFirst()).getFirst().state()).as("who was on it before goes on").isEqualTo(State.ACTIVE);
        assertThat(state()).isEqualTo("closed");
    }

    @Test
    void ofThoseOverWhomItDiedItAsksTheEngineWhetherTheyBegan() throws Exception {
        var people = sendings.people(api, 3);
        long id = drip(", \"segment\": \"%s\"".formatted(sendings.segment(api, people)));
        var ids = people.stream().map(person -> jdbc.sql("SELECT id FROM customer WHERE external_id = ?").param(person).query(Long.class).single()).toList();
        entrants.claim(id, ids);
        // The first began, and nobody wrote it down; the second didn't; the third is just being let in elsewhere.
        journeys.start(journey, people.getFirst(), Map.of()).join();
        awaitWaiting(1);
        jdbc.sql("UPDATE campaign_entry SET lease_until = clock_timestamp() - interval '1 second' WHERE campaign_id = ? AND customer_id <> ?").params(id, ids.getLast()).update();
        assertThat(entrants.takeOver(id, journey, 10)).isEqualTo(2);
        assertThat(entrants.counts(id)).isEqualTo(Map.of("entered", 2L, "starting", 1L));
        assertThat(entrants.takeOver(id, journey, 10)).isZero();
        awaitWaiting(2);
        assertThat(walks(people.getFirst())).hasSize(1);
        assertThat(walks(people.get(1))).hasSize(1);
        assertThat(walks(people.getLast())).isEmpty();
    }

    @Test
    void pausedWhileItLetsInNobodyMoreEntersAndWithoutItsEngineItGoesOn() throws Exception {
        var people = sendings.people(api, 5);
        long id = drip(", \"segment\": \"%s\"".formatted(sendings.segment(api, people)));
        // As the next start finds it when the engine's data, and its process with them, are gone.
        campaigns.plan(id, 1, clock.instant());
        rows.plan(id, 1, clock.instant(), "an engine that is no more");
        campaigns.move(id, CampaignState.RUNNING, null);
        assertThat(runs.begin(id, 1).outcome()).isEqualTo("go");
        sendings.to(api, id, "pause");
        assertThatThrownBy(() -> runs.queue(id, 1)).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.UNAVAILABLE)).hasMessageContaining("paused");
        assertThat(entrants.counts(id)).isEmpty();
        sendings.to(api, id, "resume");
        start.run(new DefaultApplicationArguments());
        awaitWaiting(5);
        time.advance(Duration.ofDays(3).plusMinutes(1));
        sendings.awaitStatus(api, id, "completed");
        assertThat(entrants.counts(id)).isEqualTo(Map.of("entered", 5L));
        assertThat(stats(id, "sent")).isEqualTo(10);
    }

    @Test
    void aTriggerThatStartsAJourneyCountsForBothAndWaitsForThoseOnTheWay() throws Exception {
        String key = "camp-" + UUID.randomUUID();
        String event = "tried." + UUID.randomUUID().toString().substring(0, 8);
        api.postJson("/api/v1/triggers", "{\"key\": \"%1$s\", \"name\": \"%1$s\", \"type\": \"event\", \"event\": \"%2$s\", \"action\": {\"type\": \"start_journey\", \"journey\": \"%3$s\"}, \"active\": false}".formatted(key, event, journey));
        long id = api.postJson("/api/v1/campaigns", "{\"name\": \"%s\", \"type\": \"triggered\", \"trigger\": \"%s\"}".formatted(UUID.randomUUID(), key)).get("id").asLong();
        sendings.to(api, id, "start");
        await().atMost(Sendings.PATIENCE).until(() -> sendings.get(api, id).at("/run/phase").asString().equals("sending"));
        refused(drip(""), "start", "has the journey '" + journey + "' in hand");
        happens(event, sendings.people(api, 1).getFirst());
        awaitWaiting(1);
        sendings.to(api, id, "finish");
        await().atMost(Sendings.PATIENCE).until(() -> !active(key));
        assertThat(sendings.get(api, id).get("status").asString()).as("one is on the way").isEqualTo("running");
        time.advance(Duration.ofDays(3).plusMinutes(1));
        sendings.awaitStatus(api, id, "completed");
        assertThat(stats(id, "sent")).isEqualTo(2);
        assertThat(state()).as("it was open before").isEqualTo("running");
    }

    @Test
    void aTriggeredOneSwitchesItsTriggerOnAndOffAndCountsItsMessages() throws Exception {
        String key = "camp-" + UUID.randomUUID();
        String event = "tried." + UUID.randomUUID().toString().substring(0, 8);
        api.postJson("/api/v1/triggers", "{\"key\": \"%1$s\", \"name\": \"%1$s\", \"type\": \"event\", \"event\": \"%2$s\", \"action\": {\"type\": \"send_email\", \"template\": \"%3$s\"}, \"active\": false}"
                .formatted(key, event, sendings.template(Channel.EMAIL)));
        var people = sendings.people(api, 3);
        long id = api.postJson("/api/v1/campaigns", "{\"name\": \"%s\", \"type\": \"triggered\", \"trigger\": \"%s\"}".formatted(UUID.randomUUID(), key)).get("id").asLong();
        sendings.to(api, id, "start");
        await().atMost(Sendings.PATIENCE).until(() -> sendings.get(api, id).at("/run/phase").asString().equals("sending"));
        assertThat(active(key)).isTrue();
        happens(event, people.getFirst());
        await().atMost(Sendings.PATIENCE).until(() -> stats(id, "sent") == 1);

        sendings.to(api, id, "pause");
        assertThat(active(key)).isFalse();
        happens(event, people.get(1));
        sendings.to(api, id, "resume");
        assertThat(active(key)).isTrue();
        happens(event, people.getLast());
        await().atMost(Sendings.PATIENCE).until(() -> stats(id, "sent") == 2);
        assertThat(jdbc.sql("SELECT c.external_id FROM (" + CampaignMessages.ITS + ") m JOIN customer c ON c.id = m.customer_id").param("campaign", Long.toString(id)).query(String.class).list())
                .containsExactlyInAnyOrder(people.getFirst(), people.getLast());
        api.send("PUT", "/api/v1/experiments/holdouts", "application/json", "{\"scope\": \"trigger:%s\", \"share\": 0.5}".formatted(key));
        var more = sendings.people(api, 24);
        for (String person : more) {
            happens(event, person);
        }
        await().atMost(Sendings.PATIENCE).until(() -> stats(id, "sent") + stats(id, "skipped") == 26);
        assertThat(api.get("/api/v1/experiments/holdout?scope=trigger:" + key).at("/kept/people").asLong()).isEqualTo(stats(id, "skipped")).isPositive();
        sendings.to(api, id, "finish");
        sendings.awaitStatus(api, id, "completed");
        assertThat(active(key)).as("as it was found").isFalse();
    }

    @Test
    void whatMakesNoSenseIsRefusedAtItsField() throws Exception {
        assertThat(fields("\"type\": \"drip\", \"journey\": \"no-such\"")).containsExactly("journey");
        assertThat(fields("\"type\": \"drip\", \"journey\": \"%s\", \"template\": \"x\", \"fromName\": \"y\", \"settings\": {\"localTime\": true, \"holdout\": 5}".formatted(journey)))
                .containsExactlyInAnyOrder("template", "fromName", "settings.localTime", "settings.holdout");
        assertThat(fields("\"type\": \"triggered\", \"trigger\": \"no-such\"")).containsExactly("trigger");
        assertThat(fields("\"type\": \"triggered\", \"segment\": \"x\", \"customers\": [\"y\"]")).containsExactlyInAnyOrder("segment", "customers");
        assertThat(fields("\"journey\": \"%s\", \"endsAt\": \"2030-01-01T00:00:00Z\"".formatted(journey))).containsExactlyInAnyOrder("journey", "endsAt");
        assertThat(fields("\"type\": \"drip\", \"journey\": \"%s\", \"endsAt\": \"2020-01-01T00:00:00Z\"".formatted(journey))).containsExactly("endsAt");
        assertThat(fields("\"settings\": {\"holdout\": 51}")).containsExactly("settings.holdout");
        long nothing = api.postJson("/api/v1/campaigns", "{\"name\": \"%s\", \"type\": \"drip\"}".formatted(UUID.randomUUID())).get("id").asLong();
        assertThat(api.send("POST", "/api/v1/campaigns/" + nothing + "/start", "application/json", "{}").body()).contains("Say by which journey it sends");
        long message = sendings.campaign(api, sendings.segment(api, sendings.people(api, 1)), sendings.template(Channel.EMAIL), "");
        refused(message, "finish", "is draft and can't be finished");
    }

    private List<String> fields(String body) throws Exception {
        var answer = api.send("POST", "/api/v1/campaigns", "application/json", "{\"name\": \"%s\", %s}".formatted(UUID.randomUUID(), body));
        assertThat(answer.statusCode()).isEqualTo(422);
        return new tools.jackson.databind.json.JsonMapper().readTree(answer.body()).get("errors").findValuesAsString("field").stream().distinct().toList();
    }

    private long drip(String more) throws Exception {
        return api.postJson("/api/v1/campaigns", "{\"name\": \"%s\", \"type\": \"drip\", \"journey\": \"%s\"%s}".formatted(UUID.randomUUID(), journey, more)).get("id").asLong();
    }

    private void begins(String person) throws Exception {
        happens(journey + ".begun", person);
    }

    private void happens(String event, String person) throws Exception {
        api.postJson("/api/v1/events", "{\"eventId\": \"%s\", \"name\": \"%s\", \"customerId\": \"%s\"}".formatted(UUID.randomUUID(), event, person));
    }

    private boolean active(String trigger) throws Exception {
        return api.get("/api/v1/triggers/" + trigger).get("active").asBoolean();
    }

    private String state() throws Exception {
        return api.get("/api/v1/journeys/" + journey + "/progress").get("state").asString();
    }

    private long stats(long id, String what) throws Exception {
        return api.get("/api/v1/campaigns/" + id + "/stats").get(what).asLong();
    }

    private long at(String element) throws Exception {
        for (JsonNode one : api.get("/api/v1/journeys/" + journey + "/progress").get("elements")) {
            if (one.get("elementId").asString().equals(element)) {
                return one.get("now").asLong();
            }
        }
        return 0;
    }

    private void awaitWaiting(int people) {
        await(people + " at the timer").atMost(Sendings.PATIENCE).until(() -> at("waits") == people);
    }

    private List<EngineHistory.Instance> walks(String person) {
        return history.instancesOf(person, 10).stream().filter(instance -> instance.processId().equals(journey)).toList();
    }

    private void refused(long id, String move, String why) throws Exception {
        var answer = api.send("POST", "/api/v1/campaigns/" + id + "/" + move, "application/json", "{}");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains(why);
    }
}
