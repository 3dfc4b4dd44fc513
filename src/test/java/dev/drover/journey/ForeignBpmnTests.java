package dev.drover.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.kernel.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files as other tools write them, and files that were written to do harm. */
class ForeignBpmnTests {

    @Test
    void camunda7sServiceTasksAreToldAsSuch() {
        assertThat(foreign("""
                <bpmn:serviceTask id="mail" name="Mail" camunda:class="org.acme.Mail" camunda:asyncBefore="true"/>
                <bpmn:serviceTask id="topic"><bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name="a">b</camunda:inputParameter></camunda:inputOutput></bpmn:extensionElements></bpmn:serviceTask>
                <bpmn:userTask id="form" camunda:assignee="demo"/>"""))
                .extracting(BpmnProblem::elementId, BpmnProblem::severity).containsExactlyInAnyOrder(org.assertj.core.groups.Tuple.tuple("mail", "error"),
                        org.assertj.core.groups.Tuple.tuple("topic", "error"), org.assertj.core.groups.Tuple.tuple("form", "warning"));
        assertThat(foreign("<bpmn:serviceTask id=\"mail\" camunda:class=\"x\"/>")).first().extracting(BpmnProblem::message).asString().contains("Camunda 7", "class", "choose what it does here");
    }

    @Test
    void aBareTaskDoesNothing() {
        assertThat(foreign("<bpmn:task id=\"step\" name=\"Think\"/>")).singleElement().extracting(BpmnProblem::elementId, BpmnProblem::severity).containsExactly("step", "warning");
    }

    @Test
    void lanesAndSignaviosExtrasAreNoMatter() {
        assertThat(foreign("""
                <bpmn:extensionElements><signavio:signavioDiagramMetaData xmlns:signavio="http://www.signavio.com" metaKey="revisionid" metaValue="1"/></bpmn:extensionElements>
                <bpmn:laneSet id="lanes"><bpmn:lane id="lane" name="Shop"><bpmn:flowNodeRef>begin</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
                <bpmn:startEvent id="begin"/>""")).isEmpty();
    }

    @Test
    void ofSeveralPoolsEachOtherIsNamed() {
        var model = BpmnReader.read("""
                <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
                  <bpmn:collaboration id="c"><bpmn:participant id="pool_shop" name="Shop" processRef="shop"/><bpmn:participant id="pool_bank" name="Bank" processRef="bank"/>
                    <bpmn:participant id="closed" name="Customer"/></bpmn:collaboration>
                  <bpmn:process id="bank" isExecutable="false"><bpmn:startEvent id="b"/></bpmn:process>
                  <bpmn:process id="shop" isExecutable="true"><bpmn:startEvent id="s"/></bpmn:process>
                </bpmn:definitions>""");
        assertThat(ForeignCheck.check(model)).extracting(BpmnProblem::elementId).containsExactly("pool_bank");
        assertThat(JourneyModel.of(model).id()).isEqualTo("shop");
    }

    @Test
    void refusesBombsAndOutsideEntitiesBeforeTheyAreRead() {
        for (String prolog : List.of("<!DOCTYPE d [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>", "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
                "<!DOCTYPE d SYSTEM \"http://example.org/evil.dtd\">", "<!DOCTYPE d [<!ENTITY % p SYSTEM \"http://example.org/evil.dtd\"> %p;]>")) {
            assertThatThrownBy(() -> BpmnReader.read("<?xml version=\"1.0\"?>\n" + prolog + "<d>&b;&x;</d>")).isInstanceOf(Problem.class).hasMessageContaining("line 2");
        }
    }

    @Test
    void refusesWhatIsLargeOrDeepAtOnce() {
        var before = Instant.now();
        assertThatThrownBy(() -> BpmnReader.read(frame("<!--" + "x".repeat(5_000_000) + "-->"))).isInstanceOf(Problem.class).hasMessageContaining("1 MB");
        assertThatThrownBy(() -> BpmnReader.read(frame("<bpmn:documentation>" + "<b>".repeat(200_000)))).isInstanceOf(Problem.class).hasMessageMatching("(?s).*(within each other|depth).*");
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void looksThroughThousandsOfStepsWithinSeconds() {
        var steps = new StringBuilder("<bpmn:startEvent id=\"s0\"/>");
        for (int n = 1; n <= 3_000; n++) {
            steps.append("<bpmn:exclusiveGateway id=\"s%d\"/><bpmn:sequenceFlow id=\"f%d\" sourceRef=\"s%d\" targetRef=\"s%d\"/><bpmn:sequenceFlow id=\"r%d\" sourceRef=\"s%d\" targetRef=\"s%d\"/>".formatted(n, n, n - 1, n, n, n, Math.max(1, n - 50)));
        }
        var before = Instant.now();
        var model = BpmnReader.read(frame(steps.toString()));
        assertThat(FlowCheck.check(model)).isNotEmpty();
        assertThat(FeelCheck.check(model)).isEmpty();
        assertThat(ForeignCheck.check(model)).isEmpty();
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    private static List<BpmnProblem> foreign(String steps) {
        return ForeignCheck.check(BpmnReader.read(frame(steps)));
    }

    private static String frame(String steps) {
        return """
                <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="t">
                  <bpmn:process id="try" isExecutable="true">%s</bpmn:process></bpmn:definitions>""".formatted(steps);
    }
}
