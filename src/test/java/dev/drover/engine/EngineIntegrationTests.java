package dev.drover.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drover.kernel.Problem;
import dev.drover.kernel.TimeMachine;
import dev.drover.testing.IntegrationTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class EngineIntegrationTests {

    private static final Duration HOUR = Duration.ofHours(1);

    @Autowired
    Engine engine;
    @Autowired
    EngineInstances instances;
    @Autowired
    EngineHistory history;
    @Autowired
    ProbeWorker probe;
    @Autowired
    ManyProbe many;
    @Autowired
    TimeMachine time;
    @Autowired
    JdbcClient jdbc;

    String customer = "engine-" + UUID.randomUUID();

    @BeforeEach
    void deploysTheProbe() throws IOException {
        engine.deploy(Map.of("probe.bpmn", new ClassPathResource("engine/probe.bpmn").getContentAsByteArray()));
    }

    @Test
    void keepsTheVersionOfAnUnchangedResource() throws IOException {
        var probe = new ClassPathResource("engine/probe.bpmn").getContentAsByteArray();

        var first = engine.deploy(Map.of("probe.bpmn", probe)).getFirst();
        var second = engine.deploy(Map.of("probe.bpmn", probe)).getFirst();

        assertThat(second).isEqualTo(first);
        assertThat(first.processId()).isEqualTo("engine-probe");
    }

    @Test
    void refusesABrokenResourceInTheEnginesOwnWords() {
        var broken = "<bpmn:definitions xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"/>".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> engine.deploy(Map.of("broken.bpmn", broken)))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.kind()).isEqualTo(Problem.Kind.REJECTED);
                    assertThat(problem).hasMessageContaining("broken.bpmn");
                });
    }

    @Test
    void aMessageStartsOneInstanceHoweverOftenItComes() {
        publish("m-" + customer, "complete");
        publish("m-" + customer, "complete");

        await().untilAsserted(() -> assertThat(probe.seen(customer)).hasSize(1));
        await().during(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(probe.seen(customer)).hasSize(1));
    }

    @Test
    void timersFollowThePlatformsClock() {
        publish("m-" + customer, "complete");
        await("waits at its timer, not only at its worker").untilAsserted(() -> assertThat(history.stepsOf(customer, 10)).first()
                .extracting(EngineHistory.Step::elementId).isEqualTo("waits"));

        time.advance(Duration.ofHours(25));

        await().untilAsserted(() -> assertThat(probe.seen(customer)).extracting(JobWorker.Job::elementId).containsExactly("first", "second"));
    }

    @Test
    void staysHealthyWhenTheTimeJumps() {
        await().atMost(Duration.ofSeconds(30)).until(engine::healthy);

        time.advance(Duration.ofHours(24));

        await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(6)).until(engine::healthy);
    }

    @Test
    void triesAgainWhileTheWorkersCapabilityIsAway() {
        publish("m-" + customer, "outage");

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(probe.seen(customer)).hasSize(3));
        assertThat(probe.seen(customer)).extracting(JobWorker.Job::elementInstanceKey).as("the same element instance each time").containsOnly(
                probe.seen(customer).peek().elementInstanceKey());
    }

    @Test
    void ofJobsDoneTogetherTheOneThatFailsKeepsBackNoOther() throws IOException {
        engine.deploy(Map.of("probe-many.bpmn", new ClassPathResource("engine/probe-many.bpmn").getContentAsByteArray()));
        var bad = engine.start("engine-probe-many", Map.of("customerId", customer + "-bad", "mode", "fail"), List.of());
        var good = IntStream.range(0, 40).mapToObj(n -> engine.start("engine-probe-many", Map.of("customerId", customer + "-" + n), List.of())).toList();
        good.forEach(CompletableFuture::join);

        await().untilAsserted(() -> assertThat(IntStream.range(0, 40).map(n -> many.done(customer + "-" + n))).containsOnly(1));
        await().untilAsserted(() -> assertThat(jdbc.sql("SELECT message FROM engine_incident WHERE instance_key = ?").param(bad.join()).query(String.class).list())
                .singleElement().asString().contains("the probe fails for one of 1"));
        instances.cancel(bad.join()).join();
    }

    @Test
    void startsAnInstanceBehindItsStartEvent() {
        long instance = engine.start("engine-probe", Map.of("customerId", customer), List.of("second")).join();

        await().untilAsserted(() -> assertThat(probe.seen(customer)).singleElement().satisfies(job -> {
            assertThat(job.processInstanceKey()).isEqualTo(instance);
            assertThat(job.elementId()).isEqualTo("second");
        }));
    }

    @Test
    void anUnknownJourneyIsNotFound() {
        assertThatThrownBy(() -> engine.start("no-such-journey", Map.of(), List.of()).join())
                .hasCauseInstanceOf(Problem.class).hasMessageContaining("no-such-journey");
    }

    @Test
    void cancellingWhatHasEndedIsNoError() {
        long instance = engine.start("engine-probe", Map.of("customerId", customer), List.of("waits")).join();

        instances.cancel(instance).join();
        instances.cancel(instance).join();

        assertThat(probe.seen(customer)).isEmpty();
    }

    private void publish(String id, String mode) {
        engine.publish("engine-probe.started", customer, id, HOUR, Map.of("customerId", customer, "mode", mode)).join();
    }
}
