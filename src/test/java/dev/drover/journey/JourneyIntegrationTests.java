package dev.drover.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.engine.EngineHistory;
import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.TimeMachine;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Journeys of the tests' own on the real engine: deployed, begun by events and by hand, stopped, changed under way. */
@IntegrationTest
class JourneyIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    Journeys journeys;
    @Autowired
    EventPublisher publisher;
    @Autowired
    EngineHistory history;
    @Autowired
    CustomerIntake intake;
    @Autowired
    EventLog log;
    @Autowired
    PlatformClock clock;
    @Autowired
    TimeMachine time;

    String id = "try-" + UUID.randomUUID();

    @Test
    void beginsOnAnEventAndEndsOnAnother() {
        deploy("P3D");
        var customer = customer();
        happens(customer, id + ".begun");
        awaitStep(customer, "waits");

        happens(customer, id + ".stopped");
        awaitStep(customer, "stopped");
        awaitState(customer, EngineHistory.State.COMPLETED);
        assertThat(history.elements(id, 1)).filteredOn(element -> element.elementId().equals("waits"))
                .containsExactly(new EngineHistory.Element("waits", 0, 1, 1));
    }

    @Test
    void goesOnWhenItsTimeHasCome() {
        deploy("P3D");
        var customer = customer();
        happens(customer, id + ".begun");
        awaitStep(customer, "waits");
        time.advance(Duration.ofDays(3).plusMinutes(1));
        awaitStep(customer, "ended");
        awaitState(customer, EngineHistory.State.COMPLETED);
    }

    @Test
    void historyStartsNobody() {
        deploy("P3D");
        var customer = customer();
        log.append(new NewEvent("old-" + UUID.randomUUID(), id + ".begun", customer.id(), null, clock.instant(), Event.Origin.IMPORT, Map.of()));
        var witness = customer();
        happens(witness, id + ".begun");
        awaitStep(witness, "waits");
        assertThat(history.instancesOf(customer.externalId(), 10)).extracting(EngineHistory.Instance::processId).doesNotContain(id);
    }

    @Test
    void theSameEventStartsOnce() {
        deploy("PT1H");
        var customer = customer();
        var event = NewEvent.live("once-" + UUID.randomUUID(), id + ".begun", customer.id(), clock.instant(), Map.of());
        assertThat(log.append(event)).isTrue();
        assertThat(log.append(event)).isFalse();
        awaitStep(customer, "waits");
        assertThat(history.instancesOf(customer.externalId(), 10)).filteredOn(instance -> instance.processId().equals(id)).hasSize(1);
    }

    @Test
    void isStartedByHandBehindItsStartEvent() {
        deploy("P3D");
        var customer = customer();
        long key = journeys.start(id, customer.externalId(), Map.of()).join();
        awaitStep(customer, "waits");
        assertThat(history.instancesOf(customer.externalId(), 10)).extracting(EngineHistory.Instance::key).contains(key);
    }

    @Test
    void whoIsUnderWayFinishesOnTheirVersion() {
        assertThat(deploy("P3D").version()).isEqualTo(1);
        var early = customer();
        happens(early, id + ".begun");
        awaitStep(early, "waits");

        assertThat(deploy("P3D").version()).isEqualTo(1);
        assertThat(deploy("P5D").version()).isEqualTo(2);
        var late = customer();
        happens(late, id + ".begun");
        awaitStep(late, "waits");
        assertThat(history.counts(id, 1).active()).isEqualTo(1);
        assertThat(history.counts(id, 2).active()).isEqualTo(1);
        time.advance(Duration.ofDays(3).plusMinutes(1));
        awaitStep(early, "ended");
        assertThat(history.stepsOf(late.externalId(), 50)).extracting(EngineHistory.Step::elementId).doesNotContain("ended");
        assertThat(journeys.versions(id)).extracting(Journeys.Journey::version).containsExactly(2, 1);
    }

    @Test
    void keepsTheAuthorsDiagramAndRefusesABrokenOneWhole() {
        deploy("P3D");
        assertThat(journeys.require(id).xml()).isEqualTo(diagram("P3D"));
        assertThat(journeys.require(id).startsOn()).containsExactly(id + ".begun");
        assertThat(journeys.require(id).waitsFor()).containsExactly(id + ".stopped");

        var refused = journeys.deploy(diagram("tomorrow"));
        assertThat(refused.version()).isZero();
        assertThat(refused.problems()).filteredOn(BpmnProblem::isError).singleElement().extracting(BpmnProblem::elementId).isEqualTo("waits");
        assertThat(journeys.require(id).version()).isEqualTo(1);
    }

    @Test
    void whatTheEngineRefusesIsToldOnItsElement() {
        var refused = journeys.deploy(diagram("P3D").replace("<startEvent id=\"begun\">",
                "<startEvent id=\"begun\"><extensionElements><zeebe:ioMapping><zeebe:output source=\"=1\" target=\"two words\"/></zeebe:ioMapping></extensionElements>"));
        assertThat(refused.version()).isZero();
        assertThat(refused.problems()).filteredOn(BpmnProblem::isError).singleElement().satisfies(problem -> {
            assertThat(problem.elementId()).isEqualTo("begun");
            assertThat(problem.message()).contains("two words");
        });
        assertThat(journeys.find(id)).isEmpty();
    }

    private Journeys.Deployment deploy(String wait) {
        var deployment = journeys.deploy(diagram(wait));
        assertThat(deployment.problems()).noneMatch(BpmnProblem::isError);
        publisher.refresh();
        return deployment;
    }

    private CustomerIntake.Taken customer() {
        return intake.take(new CustomerInput("walker-" + UUID.randomUUID(), null, null, null, "Wim", null, null, null, null, null, null), Event.Origin.IMPORT);
    }

    private void happens(CustomerIntake.Taken customer, String event) {
        log.append(NewEvent.live("happens-" + UUID.randomUUID(), event, customer.id(), clock.instant(), Map.of("note", "x")));
    }

    private void awaitStep(CustomerIntake.Taken customer, String element) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(history.stepsOf(customer.externalId(), 50)).extracting(EngineHistory.Step::elementId).contains(element));
    }

    private void awaitState(CustomerIntake.Taken customer, EngineHistory.State state) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(history.instancesOf(customer.externalId(), 5)).extracting(EngineHistory.Instance::state)
                .containsOnly(state));
    }

    private String diagram(String wait) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="all" targetNamespace="test">
                  <process id="%1$s" name="A try" isExecutable="true">
                    <startEvent id="begun"><outgoing>f1</outgoing><messageEventDefinition id="begins" messageRef="on_begun"/></startEvent>
                    <sequenceFlow id="f1" sourceRef="begun" targetRef="waits"/>
                    <intermediateCatchEvent id="waits"><incoming>f1</incoming><outgoing>f2</outgoing>
                      <timerEventDefinition id="t"><timeDuration>%2$s</timeDuration></timerEventDefinition></intermediateCatchEvent>
                    <sequenceFlow id="f2" sourceRef="waits" targetRef="ended"/>
                    <endEvent id="ended"><incoming>f2</incoming></endEvent>
                    <subProcess id="reaction" triggeredByEvent="true">
                      <startEvent id="stops" isInterrupting="true"><outgoing>f3</outgoing><messageEventDefinition id="s" messageRef="on_stopped"/></startEvent>
                      <sequenceFlow id="f3" sourceRef="stops" targetRef="stopped"/>
                      <endEvent id="stopped"><incoming>f3</incoming></endEvent>
                    </subProcess>
                  </process>
                  <message id="on_begun" name="%1$s.begun"/>
                  <message id="on_stopped" name="%1$s.stopped"><extensionElements><zeebe:subscription correlationKey="=customerId"/></extensionElements></message>
                </definitions>
                """.formatted(id, wait);
    }
}
