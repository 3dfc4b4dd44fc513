package dev.drover.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.engine.EngineHistory;
import dev.drover.engine.EngineHistory.State;
import dev.drover.engine.EngineLive;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Customers are moved to the newest version on the real engine, by its own migration where it can, and taken over where it can't. */
@IntegrationTest
class JourneyMoveIntegrationTests extends JourneyWalk {

    @Autowired
    StepProbe probe;
    @Autowired
    JourneyTasks tasks;
    @Autowired
    JourneyControls controls;
    @Autowired
    JourneyDesk desk;
    @Autowired
    EngineLive live;

    private final String id = "move-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void whoStandsAtATimerIsTakenOverAndWhatTheyWaitedCounts() throws Exception {
        deploy(TriedJourney.of(id, "task first", "wait waits P3D", "task second").stopping());
        String customer = enters(id);
        var before = awaitAt(customer, id, 1, "waits");
        time.advance(Duration.ofDays(2));
        deploy(TriedJourney.of(id, "task first", "wait waits P5D", "task second", "task third").stopping());

        var dry = api().postJson("/api/v1/journeys/" + id + "/migrate", "{\"dryRun\": true}");
        assertThat(dry.get("moving").asInt()).isEqualTo(1);
        assertThat(dry.at("/customers/0/way").asString()).isEqualTo("taken-over");
        assertThat(of(customer, id)).extracting(EngineHistory.Instance::version).containsExactly(1);

        migrate("{}");
        var after = awaitAt(customer, id, 2, "waits");
        var waits = history.stepsOf(after.key()).stream().filter(step -> step.elementId().equals("waits")).findFirst().orElseThrow();
        var since = history.stepsOf(before.key()).stream().filter(step -> step.elementId().equals("waits")).findFirst().orElseThrow().enteredAt();
        assertThat(waits.dueAt()).isBetween(since.plus(Duration.ofDays(5)).minusSeconds(60), since.plus(Duration.ofDays(5)).plusSeconds(60));
        assertThat(of(customer, id)).extracting(EngineHistory.Instance::state).containsExactlyInAnyOrder(State.ACTIVE, State.CANCELLED);

        time.advance(Duration.ofDays(3).plusMinutes(2));
        awaitEnd(customer, id, State.COMPLETED);
        assertThat(probe.done(customer)).containsExactly("first", "second", "third");
    }

    @Test
    void theEventThatStopsItStillDoesAndWhoWasPausedStaysSo() throws Exception {
        deploy(TriedJourney.of(id, "task first", "wait waits P3D", "task second").stopping());
        String stopped = enters(id);
        String paused = enters(id);
        awaitAt(stopped, id, 1, "waits");
        controls.pause(id, awaitAt(paused, id, 1, "waits").key(), "test");
        deploy(TriedJourney.of(id, "wait waits P3D", "task second").stopping());

        migrate("{\"from\": 1}");
        awaitAt(stopped, id, 2, "waits");
        var moved = awaitAt(paused, id, 2, "waits");
        assertThat(controls.paused(moved.key())).isTrue();
        happens(stopped, id + ".stopped");
        awaitEnd(stopped, id, State.COMPLETED);
        assertThat(probe.done(stopped)).containsExactly("first");
        // The customer who is on it can't begin it a second time, as before.
        happens(paused, id + ".begun");
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(4)).until(() -> of(paused, id).stream().filter(one -> one.state() == State.ACTIVE).count() == 1);
    }

    @Test
    void whoIsStuckIsMigratedByTheEngineAndStaysTheSame() throws Exception {
        deploy(TriedJourney.of(id, "task first", "task second"));
        String customer = customer();
        probe.breaks(customer);
        happens(customer, id + ".begun");
        var before = awaitAt(customer, id, 1, "first");
        await().atMost(PATIENCE).until(() -> live.troubles(id, 1, "first", 0, 10).size() == 1);
        deploy(TriedJourney.of(id, "task first", "task second", "task third"));

        assertThat(desk.preview(id, 1, Map.of()).lines()).singleElement().satisfies(line -> assertThat(line.way()).isEqualTo(MovePlan.Way.MIGRATED));
        migrate("{}");
        assertThat(awaitAt(customer, id, 2, "first").key()).isEqualTo(before.key());

        probe.mends(customer);
        long incident = live.troubles(id, 2, "first", 0, 10).getFirst().key();
        assertThat(api().postJson("/api/v1/journeys/" + id + "/incidents/" + incident + "/retry", "{}").get("retried").asInt()).isEqualTo(1);
        awaitEnd(customer, id, State.COMPLETED);
        assertThat(probe.done(customer)).containsExactly("first", "second", "third");
    }

    @Test
    void whoHasNowhereToGoStaysAndIsToldOfUntilAPlaceIsChosen() throws Exception {
        deploy(TriedJourney.of(id, "wait short P1D", "task first"));
        String customer = enters(id);
        awaitAt(customer, id, 1, "short");
        deploy(TriedJourney.of(id, "wait long P9D", "task first"));

        assertThat(desk.preview(id, 1, Map.of()).lines()).singleElement().satisfies(line -> {
            assertThat(line.way()).isEqualTo(MovePlan.Way.STAYS);
            assertThat(line.reason()).contains("no such step");
        });
        long task = migrate("{}");
        assertThat(api().get("/api/v1/journeys/" + id + "/tasks/" + task + "/left").at("/items/0/reason").asString()).contains("no such step");
        assertThat(api().send("POST", "/api/v1/journeys/" + id + "/migrate", "application/json", "{\"mapping\": {\"short\": \"nowhere\"}}").statusCode()).isEqualTo(422);

        migrate("{\"mapping\": {\"short\": \"long\"}}");
        awaitAt(customer, id, 2, "long");
    }

    @Test
    void whoWaitsForAnEventOrATimeOutIsTakenOverAndBothStillEndTheWait() throws Exception {
        deploy(TriedJourney.of(id, "task first", "race waits P3D", "task second"));
        String reacts = enters(id);
        String doesNot = enters(id);
        awaitAt(reacts, id, 1, "waits");
        var before = awaitAt(doesNot, id, 1, "waits");
        time.advance(Duration.ofDays(2));
        deploy(TriedJourney.of(id, "task first", "race waits P5D", "task second", "task third"));
        assertThat(desk.preview(id, 1, Map.of()).lines()).singleElement().satisfies(line -> assertThat(line.way()).isEqualTo(MovePlan.Way.TAKEN_OVER));
        migrate("{}");
        awaitAt(reacts, id, 2, "waits");
        var after = awaitAt(doesNot, id, 2, "waits");
        assertThat(due(after, "waits")).as("what was waited counts").isBetween(entered(before, "waits").plus(Duration.ofDays(5)).minusSeconds(60), entered(before, "waits").plus(Duration.ofDays(5)).plusSeconds(60));

        happens(reacts, id + ".waits");
        awaitEnd(reacts, id, State.COMPLETED);
        assertThat(history.stepsOf(reacts, 50)).extracting(EngineHistory.Step::elementId).contains("waits_event").doesNotContain("waits_late");
        time.advance(Duration.ofDays(3).plusMinutes(2));
        awaitEnd(doesNot, id, State.COMPLETED);
        assertThat(history.stepsOf(doesNot, 50)).extracting(EngineHistory.Step::elementId).contains("waits_late").doesNotContain("waits_event");
        assertThat(probe.done(reacts)).containsExactly("first", "second", "third");
        assertThat(probe.done(doesNot)).containsExactly("first", "second", "third");
    }

    @Test
    void aPlainWaitAndOneForAnEventTakeEachOthersPlace() throws Exception {
        deploy(TriedJourney.of(id, "wait waits P3D", "task first"));
        String customer = enters(id);
        var since = entered(awaitAt(customer, id, 1, "waits"), "waits");
        deploy(TriedJourney.of(id, "race reacts P5D", "task first"));
        assertThat(api().send("POST", "/api/v1/journeys/" + id + "/migrate", "application/json", "{\"mapping\": {\"waits\": \"reacts_late\"}}").body()).as("a half of the pair is no place").contains("set down");
        migrate("{\"mapping\": {\"waits\": \"reacts\"}}");
        assertThat(due(awaitAt(customer, id, 2, "reacts"), "reacts")).isBetween(since.plus(Duration.ofDays(5)).minusSeconds(60), since.plus(Duration.ofDays(5)).plusSeconds(60));

        deploy(TriedJourney.of(id, "wait again P9D", "task first", "task second"));
        migrate("{\"from\": 2, \"mapping\": {\"reacts\": \"again\"}}");
        awaitAt(customer, id, 3, "again");
        happens(customer, id + ".reacts");
        time.advance(Duration.ofDays(9).plusMinutes(2));
        awaitEnd(customer, id, State.COMPLETED);
        assertThat(probe.done(customer)).containsExactly("first", "second");
    }

    private java.time.Instant entered(EngineHistory.Instance instance, String element) {
        return history.stepsOf(instance.key()).stream().filter(step -> step.elementId().equals(element)).findFirst().orElseThrow().enteredAt();
    }

    private java.time.Instant due(EngineHistory.Instance instance, String element) {
        return history.stepsOf(instance.key()).stream().filter(step -> step.elementId().equals(element)).findFirst().orElseThrow().dueAt();
    }

    @Test
    void allWhoAreStuckAtAStepTryAgain() throws Exception {
        deploy(TriedJourney.of(id, "task first"));
        String one = customer();
        String other = customer();
        for (String customer : java.util.List.of(one, other)) {
            probe.breaks(customer);
            happens(customer, id + ".begun");
        }
        await().atMost(PATIENCE).until(() -> live.troubles(id, 1, "first", 0, 10).size() == 2);
        assertThat(live.troubles(id, 1, "first", 0, 10)).allSatisfy(trouble -> assertThat(trouble.message()).contains("There is no template for"));
        probe.mends(one);

        api().postJson("/api/v1/journeys/" + id + "/elements/first/retry", "{}");
        awaitEnd(one, id, State.COMPLETED);
        await().atMost(PATIENCE).until(() -> live.troubles(id, 1, "first", 0, 10).size() == 1);
        assertThat(live.traffic(id, 1)).filteredOn(traffic -> traffic.elementId().equals("first")).singleElement().satisfies(traffic -> {
            assertThat(traffic.stuck()).isEqualTo(1);
            assertThat(traffic.now()).isEqualTo(1);
            assertThat(traffic.left()).isEqualTo(1);
        });
    }

    private long migrate(String body) throws Exception {
        long task = api().postJson("/api/v1/journeys/" + id + "/migrate", body).get("task").asLong();
        await().atMost(Duration.ofSeconds(60)).until(() -> tasks.find(id, task).orElseThrow().state() == JourneyTask.State.DONE);
        return task;
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
