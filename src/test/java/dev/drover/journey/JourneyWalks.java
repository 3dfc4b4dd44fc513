package dev.drover.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.engine.EngineHistory;
import dev.drover.engine.EngineHistory.Instance;
import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.PlatformClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What tests of journeys do again and again: customers of their own walk journeys of their own. */
@Component
class JourneyWalks {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Journeys journeys;
    private final EventPublisher publisher;
    private final CustomerIntake intake;
    private final EventLog log;
    private final EngineHistory history;
    private final PlatformClock clock;

    JourneyWalks(Journeys journeys, EventPublisher publisher, CustomerIntake intake, EventLog log, EngineHistory history, PlatformClock clock) {
        this.journeys = journeys;
        this.publisher = publisher;
        this.intake = intake;
        this.log = log;
        this.history = history;
        this.clock = clock;
    }

    int deploy(TriedJourney journey) {
        var deployment = journeys.deploy(journey.xml());
        assertThat(deployment.problems()).noneMatch(BpmnProblem::isError);
        publisher.refresh();
        return deployment.version();
    }

    String customer() {
        String id = "walker-" + UUID.randomUUID();
        intake.take(new CustomerInput(id, null, null, null, "Wim", null, null, null, null, null, null), Event.Origin.IMPORT);
        return id;
    }

    /** A new customer to whom {@code JOURNEY.begun} happens. */
    String begins(String journey) {
        String id = customer();
        happens(id, journey + ".begun");
        return id;
    }

    void happens(String customer, String event) {
        var taken = intake.take(new CustomerInput(customer, null, null, null, "Wim", null, null, null, null, null, null), Event.Origin.IMPORT);
        log.append(NewEvent.live("happens-" + UUID.randomUUID(), event, taken.id(), clock.instant(), Map.of("note", "x")));
    }

    /** Their instances of the journey, newest first. */
    List<Instance> of(String customer, String journey) {
        return history.instancesOf(customer, 20).stream().filter(instance -> instance.processId().equals(journey)).toList();
    }

    Instance awaitAt(String customer, String journey, int version, String element) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(of(customer, journey)).filteredOn(instance -> instance.version() == version && instance.state() == EngineHistory.State.ACTIVE)
                .singleElement().satisfies(instance -> assertThat(history.stepsOf(instance.key())).filteredOn(step -> step.leftAt() == null).extracting(EngineHistory.Step::elementId)
                        .containsExactly(element)));
        return of(customer, journey).stream().filter(instance -> instance.version() == version).findFirst().orElseThrow();
    }

    void awaitEnd(String customer, String journey, EngineHistory.State state) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(of(customer, journey)).isNotEmpty().first().extracting(Instance::state).isEqualTo(state));
    }
}
