package dev.drover.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.engine.EngineHistory;
import dev.drover.eventlog.Event;
import dev.drover.kernel.TimeMachine;
import dev.drover.ruleset.RuleEdit;
import dev.drover.ruleset.Rulesets;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A journey on the real engine that asks the rules, recommends, and waits for an hour on the customer's own clock. */
@IntegrationTest
class DecidingJourneyIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    Journeys journeys;
    @Autowired
    Rulesets rulesets;
    @Autowired
    CustomerIntake intake;
    @Autowired
    EngineHistory history;
    @Autowired
    TimeMachine time;

    private final String own = UUID.randomUUID().toString().substring(0, 8);

    @AfterEach
    void leavesNoRulesBehind() {
        rulesets.retire("content/way-%s.drl".formatted(own), new RuleEdit("test", "ui", ""), null);
    }

    @Test
    void goesTheWayThatTheRulesSayAndWaitsForTheCustomersMorning() {
        rulesets.publish("content/way-%s.drl".formatted(own), """
                rule "gold" salience 10 when $c : Customer( text("tier") == "gold" ) Data( number("total") >= 50 ) then content.decide($c, "gold", "Gold, and much"); end
                rule "else" when $c : Customer( ) then content.decide($c, "plain", "Everybody else"); end
                """, new RuleEdit("test", "ui", ""), null);
        var deployment = journeys.deploy(diagram());
        assertThat(deployment.problems()).isEmpty();

        String gold = customer("gold");
        String plain = customer("plain");
        journeys.start(deployment.id(), gold, Map.of("event", Map.of("total", 60))).join();
        journeys.start(deployment.id(), plain, Map.of("event", Map.of("total", 60))).join();
        awaitStep(gold, "morning");
        awaitStep(plain, "plain_end");
        assertThat(history.stepsOf(gold, 50)).extracting(EngineHistory.Step::elementId).contains("products", "when").doesNotContain("plain_end", "gold_end");

        time.advance(Duration.ofHours(24).plusMinutes(1));
        awaitStep(gold, "gold_end");
    }

    private String customer(String tier) {
        String id = tier + "-" + own;
        intake.take(new CustomerInput(id, null, null, null, "Wim", null, null, "Asia/Tokyo", null, Map.of("tier", tier), null), Event.Origin.IMPORT);
        return id;
    }

    private void awaitStep(String customer, String element) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(history.stepsOf(customer, 50)).extracting(EngineHistory.Step::elementId).contains(element));
    }

    private String diagram() {
        return """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="all" targetNamespace="test">
                  <process id="decide-%1$s" isExecutable="true">
                    <startEvent id="begin"/>
                    <serviceTask id="ask"><extensionElements><zeebe:taskDefinition type="decide"/><zeebe:ioMapping><zeebe:input source="way-%1$s" target="ruleGroup"/>
                      <zeebe:input source="={total: event.total}" target="data"/></zeebe:ioMapping></extensionElements></serviceTask>
                    <exclusiveGateway id="way" default="else"/>
                    <serviceTask id="products"><extensionElements><zeebe:taskDefinition type="recommend"/><zeebe:ioMapping><zeebe:input source="=2" target="limit"/></zeebe:ioMapping></extensionElements></serviceTask>
                    <serviceTask id="when"><extensionElements><zeebe:taskDefinition type="wait-until"/><zeebe:ioMapping><zeebe:input source="09:00" target="time"/></zeebe:ioMapping></extensionElements></serviceTask>
                    <intermediateCatchEvent id="morning"><timerEventDefinition id="t"><timeDate>=date and time(waitUntil)</timeDate></timerEventDefinition></intermediateCatchEvent>
                    <endEvent id="gold_end"/><endEvent id="plain_end"/>
                    <sequenceFlow id="f1" sourceRef="begin" targetRef="ask"/><sequenceFlow id="f2" sourceRef="ask" targetRef="way"/>
                    <sequenceFlow id="gold" sourceRef="way" targetRef="products"><conditionExpression>=decision = "gold" and reasons[1] = "Gold, and much"</conditionExpression></sequenceFlow>
                    <sequenceFlow id="else" sourceRef="way" targetRef="plain_end"/>
                    <sequenceFlow id="f3" sourceRef="products" targetRef="when"/><sequenceFlow id="f4" sourceRef="when" targetRef="morning"/><sequenceFlow id="f5" sourceRef="morning" targetRef="gold_end"/>
                  </process>
                </definitions>""".formatted(own);
    }
}
