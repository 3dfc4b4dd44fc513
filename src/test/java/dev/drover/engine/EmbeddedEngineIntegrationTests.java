package dev.drover.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drover.kernel.DroverSettings;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.TimeMachine;
import dev.drover.testing.IntegrationTest;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class EmbeddedEngineIntegrationTests {

    private static final HistoryTarget NOWHERE = new HistoryTarget("jdbc:postgresql://127.0.0.1:1/none", "none", "none");

    @Autowired
    Engine engine;
    @Autowired
    EngineHistory history;
    @Autowired
    EngineSettings settings;
    @Autowired
    DroverSettings drover;
    @Autowired
    ProbeWorker probe;
    @Autowired
    TimeMachine time;
    @Autowired
    PlatformClock clock;
    @Autowired
    JdbcClient jdbc;

    @Test
    void killedInTheMiddleOfJourneysItGoesOnWithAllOfThem() throws IOException {
        engine.deploy(Map.of("probe.bpmn", new ClassPathResource("engine/probe.bpmn").getContentAsByteArray()));
        List<String> customers = IntStream.range(0, 40).mapToObj(n -> "killed-" + n + "-" + UUID.randomUUID()).toList();
        var published = customers.stream().map(this::start).toList();
        ProcessHandle before = child();

        before.destroyForcibly();
        time.advance(Duration.ofMinutes(5));
        published.forEach(future -> assertThat(future).succeedsWithin(Duration.ofSeconds(60)));
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(customers).allSatisfy(customer -> waitsAtItsTimer(customer)));
        assertThat(child().pid()).isNotEqualTo(before.pid());
        time.advance(Duration.ofHours(24));

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(customers).allSatisfy(customer ->
                assertThat(history.instancesOf(customer, 10)).as("one instance").singleElement()
                        .extracting(EngineHistory.Instance::state).isEqualTo(EngineHistory.State.COMPLETED)));
        assertThat(customers).allSatisfy(customer -> assertThat(history.stepsOf(customer, 10)).extracting(EngineHistory.Step::elementId)
                .containsExactly("ended", "second", "waits", "first", "started"));
        assertThat(jdbc.sql("""
                SELECT count(*) FROM (SELECT e.id FROM engine_element e JOIN engine_process p ON p.id = e.process
                JOIN engine_source o ON o.id = p.source AND o.name = ? LEFT JOIN engine_step s ON s.element = e.id
                GROUP BY e.id HAVING e.entered <> count(s.key) OR e.completed + e.cancelled <> count(s.left_at)) AS different""").param(engine.identity())
                .query(Long.class).single()).as("elements whose counter differs from a recount").isZero();
    }

    @Test
    void aSecondOneOnTheSameDirectoryIsRefused() {
        assertThatThrownBy(() -> EmbeddedEngine.launch(settings, drover.home(), clock, NOWHERE, new SecureRandom()))
                .hasMessageContaining("Another Drover is running on").hasMessageContaining("DROVER_HOME");
    }

    @Test
    void endsWhatAKilledOneLeftBehindAndNothingElse(@TempDir Path ours, @TempDir Path theirs) throws IOException {
        Process leftover = idle(Leftovers.mark(ours));
        Process foreign = idle(Leftovers.mark(theirs));
        try {
            Leftovers.end(ours);

            assertThat(leftover.isAlive()).isFalse();
            assertThat(foreign.isAlive()).isTrue();
        } finally {
            leftover.destroyForcibly();
            foreign.destroyForcibly();
        }
    }

    private void waitsAtItsTimer(String customer) {
        assertThat(history.stepsOf(customer, 10)).first().satisfies(step -> {
            assertThat(step.elementId()).isEqualTo("waits");
            assertThat(step.leftAt()).isNull();
        });
    }

    private java.util.concurrent.CompletableFuture<Void> start(String customer) {
        return engine.publish("engine-probe.started", customer, "start-" + customer, Duration.ofHours(1), Map.of("customerId", customer, "mode", "complete"));
    }

    private ProcessHandle child() {
        String mark = Leftovers.mark(drover.home().resolve("engine"));
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().arguments().map(arguments -> Arrays.asList(arguments).contains(mark)).orElse(false))
                .findFirst().orElseThrow();
    }

    /** A JVM that waits for requests until it is ended. */
    private static Process idle(String mark) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), mark, "-m", "jdk.httpserver", "-p", "0").start();
    }
}
