package dev.drover.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.drover.engine.JobWorker;
import dev.drover.kernel.Channel;
import dev.drover.kernel.Problem;
import dev.drover.segment.Segments;
import dev.drover.template.Templates;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;

class BpmnCheckTests {

    record Worker(String type) implements JobWorker {
        @Override
        public Map<String, Object> handle(Job job) {
            return Map.of();
        }
    }

    private static final String START = """
            <startEvent id="start"><outgoing>f1</outgoing><messageEventDefinition id="d" messageRef="created"/></startEvent>
            <sequenceFlow id="f1" sourceRef="start" targetRef="step"/>""";
    private static final String END = """
            <sequenceFlow id="f2" sourceRef="step" targetRef="end"/><endEvent id="end"><incoming>f2</incoming></endEvent>""";

    private final Templates templates = mock();
    private final Segments segments = mock();
    private BpmnCheck check;

    @BeforeEach
    void knowsTwoJobsAndAMail() {
        ObjectProvider<JobWorker> workers = mock();
        when(workers.stream()).thenAnswer(call -> Stream.of(new Worker("send-email"), new Worker("check-segment")));
        when(templates.find(anyString())).thenReturn(Optional.empty());
        for (Channel channel : List.of(Channel.EMAIL, Channel.SMS)) {
            String key = channel.key() + "-1";
            when(templates.find(key)).thenReturn(Optional.of(new Templates.Template(key, key, channel, "marketing", "news", "Hi", null, null, "Hi", true, false, 1)));
        }
        when(segments.exists("loyal")).thenReturn(true);
        check = new BpmnCheck(workers, templates, segments);
    }

    @Test
    void findsNothingWrongWithAGoodJourney() {
        assertThat(problems(task("send-email", "template", "email-1"))).isEmpty();
        assertThat(problems(task("check-segment", "segment", "loyal"))).isEmpty();
        assertThat(problems(task("send-email", "template", "=event.template"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
            "send-fax, template, email-1, Nobody does jobs of type 'send-fax'",
            "send-email, subject, hello, Choose the template",
            "send-email, template, no-such, There is no template 'no-such'",
            "send-email, template, sms-1, is a template for sms",
            "check-segment, name, loyal, Choose the segment",
            "check-segment, segment, no-such, There is no segment 'no-such'"})
    void namesTheStepThatIsWrong(String type, String input, String value, String complaint) {
        assertThat(problems(task(type, input, value))).singleElement().satisfies(problem -> {
            assertThat(problem.elementId()).isEqualTo("step");
            assertThat(problem.severity()).isEqualTo("error");
            assertThat(problem.message()).contains(complaint);
        });
    }

    @Test
    void wantsAJobTypeAndAllowsNoScripts() {
        assertThat(problems("<serviceTask id=\"step\"><incoming>f1</incoming><outgoing>f2</outgoing></serviceTask>"))
                .singleElement().extracting(BpmnProblem::message).asString().contains("no job type");
        assertThat(problems("<scriptTask id=\"step\"><incoming>f1</incoming><outgoing>f2</outgoing></scriptTask>"))
                .singleElement().extracting(BpmnProblem::message).asString().contains("isn't available");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P2D", "PT24H", "P1DT12H", "=duration(event.wait)"})
    void readsDurations(String duration) {
        assertThat(problems(timer(duration))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2 days", "", "P", "PT", "24h", "="})
    void refusesWhatIsNoDuration(String duration) {
        assertThat(problems(timer(duration))).extracting(BpmnProblem::elementId, BpmnProblem::severity)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("step", "error"));
    }

    @Test
    void wantsMessagesWithANameAndAKey() {
        assertThat(problems(catches("nameless"))).extracting(BpmnProblem::message).singleElement().asString().contains("which event");
        assertThat(problems(catches("created"))).extracting(BpmnProblem::message).singleElement().asString().contains("=customerId");
        assertThat(problems(catches("ordered"))).isEmpty();
    }

    @Test
    void findsStepsNobodyReachesAndLoopsWithoutRest() {
        assertThat(problems(task("check-segment", "segment", "loyal") + "<endEvent id=\"island\"/>")).extracting(BpmnProblem::elementId).containsExactly("island");
        assertThat(problems("""
                <exclusiveGateway id="step" default="f2"><incoming>f1</incoming><incoming>f3</incoming><outgoing>f2</outgoing><outgoing>f3</outgoing></exclusiveGateway>
                <sequenceFlow id="f3" sourceRef="step" targetRef="step"><conditionExpression>=true</conditionExpression></sequenceFlow>"""))
                .extracting(BpmnProblem::message).anyMatch(message -> message.contains("no wait"));
    }

    @Test
    void refusesWhatIsNoDiagram() {
        assertThatThrownBy(() -> BpmnReader.read("<definitions")).isInstanceOf(Problem.class).hasMessageContaining("line 1");
        assertThatThrownBy(() -> BpmnReader.read("<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>")).isInstanceOf(Problem.class)
                .hasMessageContaining("DOCTYPE");
        assertThatThrownBy(() -> BpmnReader.read("<html/>")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> BpmnReader.read("x".repeat(1_000_001))).isInstanceOf(Problem.class).hasMessageContaining("1 MB");
    }

    private List<BpmnProblem> problems(String step) {
        return check.check(BpmnReader.read("""
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
                    id="all" targetNamespace="test">
                  <process id="try" isExecutable="true">%s%s%s</process>
                  <message id="created" name="customer.created"/>
                  <message id="nameless"/>
                  <message id="ordered" name="order.placed"><extensionElements><zeebe:subscription correlationKey="=customerId"/></extensionElements></message>
                </definitions>""".formatted(START, step, END)));
    }

    private static String task(String type, String input, String value) {
        return """
                <serviceTask id="step"><extensionElements><zeebe:taskDefinition type="%s"/><zeebe:ioMapping><zeebe:input source="%s" target="%s"/></zeebe:ioMapping>
                </extensionElements><incoming>f1</incoming><outgoing>f2</outgoing></serviceTask>""".formatted(type, value, input);
    }

    private static String timer(String duration) {
        return """
                <intermediateCatchEvent id="step"><incoming>f1</incoming><outgoing>f2</outgoing>
                <timerEventDefinition id="t"><timeDuration>%s</timeDuration></timerEventDefinition></intermediateCatchEvent>""".formatted(duration);
    }

    private static String catches(String message) {
        return """
                <intermediateCatchEvent id="step"><incoming>f1</incoming><outgoing>f2</outgoing><messageEventDefinition id="m" messageRef="%s"/></intermediateCatchEvent>"""
                .formatted(message);
    }
}
