package dev.drover.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.TimeMachine;
import dev.drover.testing.IntegrationTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class EngineHistoryIntegrationTests {

    private static final String OURS = "process IN (SELECT p.id FROM engine_process p JOIN engine_source o ON o.id = p.source WHERE o.name = ?)";

    @Autowired
    Engine engine;
    @Autowired
    EngineInstances instances;
    @Autowired
    EngineHistory history;
    @Autowired
    TimeMachine time;
    @Autowired
    PlatformClock clock;
    @Autowired
    JdbcClient jdbc;

    String customer = "history-\"ü\\-" + UUID.randomUUID();

    @BeforeEach
    void deploysTheProbe() throws IOException {
        engine.deploy(Map.of("probe.bpmn", new ClassPathResource("engine/probe.bpmn").getContentAsByteArray()));
    }

    @Test
    void tellsAnInstancesPathFromStartToEnd() {
        start("complete");
        await().untilAsserted(() -> assertThat(history.stepsOf(customer, 10)).extracting(EngineHistory.Step::elementId)
                .containsExactly("waits", "first", "started"));
        assertThat(history.stepsOf(customer, 10).getFirst().dueAt())
                .isBetween(clock.instant().plus(Duration.ofHours(23)), clock.instant().plus(Duration.ofHours(25)));

        time.advance(Duration.ofHours(25));

        await().untilAsserted(() -> assertThat(history.instancesOf(customer, 10)).singleElement()
                .extracting(EngineHistory.Instance::state).isEqualTo(EngineHistory.State.COMPLETED));
        assertThat(history.stepsOf(customer, 10)).extracting(EngineHistory.Step::elementId)
                .containsExactly("ended", "second", "waits", "first", "started");
        assertThat(history.stepsOf(customer, 10)).allSatisfy(step -> {
            assertThat(step.leftAt()).isNotNull();
            assertThat(step.cancelled()).isFalse();
        });
        assertThat(Duration.between(history.instancesOf(customer, 1).getFirst().startedAt(), history.instancesOf(customer, 1).getFirst().endedAt()))
                .isGreaterThan(Duration.ofHours(24));
    }

    @Test
    void showsWhatWaitsForAPerson() {
        start("fail");

        await().untilAsserted(() -> assertThat(history.incidents("engine-probe", 1_000)).filteredOn(i -> customer.equals(i.customerId()))
                .singleElement().satisfies(incident -> {
                    assertThat(incident.elementId()).isEqualTo("first");
                    assertThat(incident.message()).contains("the probe fails for " + customer);
                }));

        long instance = history.instancesOf(customer, 1).getFirst().key();
        instances.cancel(instance).join();

        await().untilAsserted(() -> assertThat(history.incidents("engine-probe", 1_000)).noneMatch(i -> i.instanceKey() == instance));
        assertThat(history.instancesOf(customer, 1).getFirst().state()).isEqualTo(EngineHistory.State.CANCELLED);
        assertThat(history.stepsOf(instance)).last().extracting(EngineHistory.Step::cancelled, InstanceOfAssertFactories.BOOLEAN).isTrue();
    }

    @Test
    void followsAnErrorOffTheMainPath() {
        start("error");

        await().untilAsserted(() -> assertThat(history.stepsOf(customer, 10)).extracting(EngineHistory.Step::elementId)
                .contains("refused", "turned-away"));
    }

    @Test
    void countsAgreeWithTheSteps() {
        start("complete");
        await().untilAsserted(() -> assertThat(history.stepsOf(customer, 10)).hasSize(3));
        long instance = history.instancesOf(customer, 1).getFirst().key();
        int version = history.instancesOf(customer, 1).getFirst().version();

        assertThat(history.standingAt("engine-probe", version, "waits", 10_000)).extracting(EngineHistory.Instance::key).contains(instance);
        assertThat(history.active("engine-probe", 10_000)).extracting(EngineHistory.Instance::key).contains(instance);
        await().untilAsserted(() -> assertThat(countedByElement()).isEqualTo(recountedByElement()));
        assertThat(history.counts("engine-probe", version).active()).isPositive();
        assertThat(history.elements("engine-probe", version)).filteredOn(e -> e.elementId().equals("waits")).singleElement()
                .satisfies(element -> assertThat(element.now()).isPositive().isEqualTo(element.entered() - element.left()));
    }

    private List<Map<String, Object>> countedByElement() {
        return jdbc.sql("SELECT id, entered, completed, cancelled FROM engine_element WHERE " + OURS + " ORDER BY id").param(engine.identity()).query().listOfRows();
    }

    private List<Map<String, Object>> recountedByElement() {
        return jdbc.sql("""
                SELECT element AS id, count(*) AS entered, count(left_at) FILTER (WHERE NOT s.cancelled) AS completed,
                       count(left_at) FILTER (WHERE s.cancelled) AS cancelled
                FROM engine_step s JOIN engine_element e ON e.id = element WHERE %s GROUP BY element ORDER BY element""".formatted(OURS))
                .param(engine.identity()).query().listOfRows();
    }

    private void start(String mode) {
        engine.publish("engine-probe.started", customer, "start-" + customer, Duration.ofHours(1), Map.of("customerId", customer, "mode", mode)).join();
    }
}
