package dev.drover.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drover.engine.EngineHistory.State;
import dev.drover.kernel.Problem;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Pausing, closing and ending on the real engine: nobody acts, nobody enters, nothing is lost and nothing done twice. */
@IntegrationTest
class JourneyPauseIntegrationTests extends JourneyWalk {

    @Autowired
    StepProbe probe;
    @Autowired
    JourneyControls controls;
    @Autowired
    JourneyTasks tasks;
    @Autowired
    JdbcClient jdbc;

    private final String id = "pause-" + UUID.randomUUID().toString().substring(0, 8);
    private final TriedJourney journey = TriedJourney.of(id, "task first", "wait waits P3D", "task second");

    @Test
    void whoseWaitEndsWhileItIsPausedGoesOnOnceWhenItIsResumed() throws Exception {
        deploy(journey);
        String customer = enters(id);
        awaitAt(customer, id, 1, "waits");

        assertThat(api().postJson("/api/v1/journeys/" + id + "/pause", "{}").get("state").asString()).isEqualTo("paused");
        time.advance(Duration.ofDays(4));
        awaitAt(customer, id, 1, "second");
        await().atMost(PATIENCE).until(() -> held() == 1);
        // Longer than the engine keeps a job for us: it comes again, and waits again.
        time.advance(Duration.ofHours(5));
        await().atMost(PATIENCE).during(Duration.ofSeconds(3)).until(() -> probe.done(customer).equals(java.util.List.of("first")));

        assertThat(api().postJson("/api/v1/journeys/" + id + "/resume", "{}").get("state").asString()).isEqualTo("running");
        awaitEnd(customer, id, State.COMPLETED);
        assertThat(probe.done(customer)).containsExactly("first", "second");
        await().atMost(PATIENCE).until(() -> held() == 0);
        assertThat(audited()).contains("journey.paused", "journey.resumed");
    }

    @Test
    void nobodyEntersAPausedJourneyAndOthersOnTheSameEventGoOn() {
        deploy(journey);
        deploy(new TriedJourney(id + "-too", false, journey.steps()));
        controls.pause(id, "test");
        String customer = enters(id);
        happens(customer, id + "-too.begun");
        awaitAt(customer, id + "-too", 1, "waits");

        assertThat(of(customer, id)).isEmpty();
        assertThatThrownBy(() -> journeys.start(id, customer, Map.of())).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.CONFLICT))
                .hasMessageContaining("paused");
    }

    @Test
    void oneCustomerIsPausedWhileOthersWalk() throws Exception {
        deploy(journey);
        String one = enters(id);
        String other = enters(id);
        awaitAt(one, id, 1, "waits");
        awaitAt(other, id, 1, "waits");

        api().postJson("/api/v1/journeys/" + id + "/pause", "{\"customerId\": \"" + one + "\"}");
        time.advance(Duration.ofDays(4));
        awaitEnd(other, id, State.COMPLETED);
        awaitAt(one, id, 1, "second");
        assertThat(probe.done(one)).containsExactly("first");

        api().postJson("/api/v1/journeys/" + id + "/resume", "{\"customerId\": \"" + one + "\"}");
        awaitEnd(one, id, State.COMPLETED);
        assertThat(probe.done(one)).containsExactly("first", "second");
    }

    @Test
    void nobodyEntersAfterTheGivenMoment() throws Exception {
        deploy(journey);
        var at = clock.instant().plus(Duration.ofDays(1));
        api().postJson("/api/v1/journeys/" + id + "/entries", "{\"until\": \"" + at + "\"}");
        String early = enters(id);
        awaitAt(early, id, 1, "waits");
        time.advance(Duration.ofDays(1).plusMinutes(1));

        assertThatThrownBy(() -> journeys.start(id, early, Map.of())).hasMessageContaining("closed to newcomers");
        assertThat(api().get("/api/v1/journeys/" + id + "/progress").get("state").asString()).isEqualTo("closed");
        assertThat(api().postJson("/api/v1/journeys/" + id + "/entries", "{\"until\": null}").get("state").asString()).isEqualTo("running");
        time.advance(Duration.ofDays(3));
        awaitEnd(early, id, State.COMPLETED);
    }

    @Test
    void endsForOneAndForEverybodyAndIsClosedThen() throws Exception {
        deploy(journey);
        String one = enters(id);
        String other = enters(id);
        awaitAt(one, id, 1, "waits");
        awaitAt(other, id, 1, "waits");

        assertThat(api().postJson("/api/v1/journeys/" + id + "/cancel", "{\"customerId\": \"" + one + "\"}").get("ended").asInt()).isEqualTo(1);
        awaitEnd(one, id, State.CANCELLED);
        assertThat(of(other, id)).first().satisfies(instance -> assertThat(instance.state()).isEqualTo(State.ACTIVE));

        long task = api().postJson("/api/v1/journeys/" + id + "/cancel", "{}").get("task").asLong();
        awaitEnd(other, id, State.CANCELLED);
        await().atMost(PATIENCE).until(() -> tasks.find(id, task).orElseThrow().state() == JourneyTask.State.DONE);
        assertThat(tasks.find(id, task).orElseThrow().done()).isEqualTo(1);
        assertThat(api().get("/api/v1/journeys/" + id + "/progress").get("state").asString()).isEqualTo("closed");
        assertThat(api().send("POST", "/api/v1/journeys/" + id + "/cancel", "application/json", "{\"customerId\": \"" + one + "\"}").statusCode()).isEqualTo(404);
        assertThat(audited()).contains("journey.closed", "journey.ended", "journey.instance-ended");
    }

    private long held() {
        return jdbc.sql("SELECT count(*) FROM held_job WHERE journey_id = ?").param(id).query(Long.class).single();
    }

    private java.util.List<String> audited() {
        return jdbc.sql("SELECT action FROM audit_log WHERE subject = ? ORDER BY id").param(id).query(String.class).list();
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
