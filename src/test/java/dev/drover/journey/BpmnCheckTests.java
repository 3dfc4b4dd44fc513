package dev.drover.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.drover.engine.JobWorker;
import dev.drover.eventlog.EventNames;
import dev.drover.kernel.Channel;
import dev.drover.kernel.DroverSettings;
import dev.drover.kernel.Problem;
import dev.drover.outgoing.OutgoingRequests;
import dev.drover.segment.Decisions;
import dev.drover.segment.Segment;
import dev.drover.segment.Segments;
import dev.drover.template.Templates;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
        when(templates.find(anyString())).thenReturn(Optional.empty());
        for (Channel channel : List.of(Channel.EMAIL, Channel.SMS)) {
            String key = channel.key() + "-1";
            when(templates.find(key)).thenReturn(Optional.of(new Templates.Template(key, key, channel, "marketing", "news", "Hi", null, null, "Hi", true, false, 1)));
        }
        when(segments.exists("loyal")).thenReturn(true);
        when(workers.stream()).thenAnswer(call -> Stream.of("send-email", "check-segment", "add-to-segment", "decide", "create-discount", "wait-until", "call-webhook").map(Worker::new));
        when(segments.require("loyal")).thenReturn(new Segment("loyal", "Loyal", "", "behavioral", 0, "loyal", "segments/loyal.drl", true, null));
        EventNames events = mock();
        when(events.known()).thenReturn(new TreeSet<>(Set.of("customer.created", "order.placed")));
        Decisions decisions = mock();
        when(decisions.known()).thenReturn(new TreeSet<>(Set.of("next-offer")));
        OutgoingRequests outgoing = mock();
        doThrow(Problem.rejected("never asked")).when(outgoing).check(eq("https://169.254.169.254/latest"), any());
        Caps caps = mock();
        when(caps.now()).thenReturn(List.of(new Caps.Cap("any", "email", 7, 2)));
        check = new BpmnCheck(workers, templates, segments, decisions, events, new InputCheck(new ElementTemplates(settings()), outgoing), new CapCheck(templates, caps));
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
            "check-segment, segment, no-such, There is no segment 'no-such'",
            "add-to-segment, segment, loyal, is decided by a rule",
            "decide, data, =x, Fill in 'Rules'",
            "decide, ruleGroup, no-such, There are no rules 'no-such'",
            "create-discount, value, =100 bananas, FEEL",
            "create-discount, value, ten, is no number",
            "wait-until, time, noon, is no time of day",
            "wait-until, weekday, someday, is no weekday",
            "wait-until, date, 24 December, is no date",
            "call-webhook, url, https://169.254.169.254/latest, never asked",
            "=jobType, template, email-1, must be fixed"})
    void namesTheStepThatIsWrong(String type, String input, String value, String complaint) {
        assertThat(problems(task(type, input, value))).filteredOn(problem -> !problem.message().contains("'Kind'")).singleElement().satisfies(problem -> {
            assertThat(problem.elementId()).isEqualTo("step");
            assertThat(problem.severity()).isEqualTo("error");
            assertThat(problem.message()).contains(complaint);
        });
    }

    @ParameterizedTest
    @CsvSource({
            "decide, ruleGroup, next-offer", "create-discount, value, =10", "wait-until, time, 09:00", "wait-until, weekday, 'tuesday, workday'", "wait-until, date, 02-29",
            "call-webhook, url, https://shop.example/hook", "call-webhook, url, =event.url"})
    void takesWhatIsRight(String type, String input, String value) {
        assertThat(problems(task(type, input, value))).filteredOn(problem -> !problem.message().contains("Fill in")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'=inSegment = ', FEEL", "'${inSegment}', Camunda 7", "'inSegment', begins with", "'', Say when"})
    void readsConditionsAsTheEngineDoes(String condition, String complaint) {
        assertThat(problems(choice(condition))).filteredOn(problem -> "f3".equals(problem.elementId())).first().extracting(BpmnProblem::message).asString().contains(complaint);
        assertThat(problems(choice("=inSegment = true and count(list) > 2"))).isEmpty();
    }

    @Test
    void asksWhetherAnUnknownEventIsMeant() {
        assertThat(problems(catches("typo"))).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo("warning");
            assertThat(problem.message()).contains("Did you mean order.placed?");
        });
    }

    @Test
    void warnsOfMoreThanACustomerMayGet() {
        String three = Stream.of("a", "b", "c").map(id -> task("send-email", "template", "email-1").replace("id=\"step\"", "id=\"" + id + "\"")).reduce("", String::concat);
        String chain = "<exclusiveGateway id=\"step\"/>" + three + "<sequenceFlow id=\"g1\" sourceRef=\"step\" targetRef=\"a\"/><sequenceFlow id=\"g2\" sourceRef=\"a\" targetRef=\"b\"/>"
                + "<sequenceFlow id=\"g3\" sourceRef=\"b\" targetRef=\"%s\"/>%s<sequenceFlow id=\"g5\" sourceRef=\"c\" targetRef=\"step\"/>";
        assertThat(warnings(chain.formatted("c", ""))).extracting(BpmnProblem::elementId).contains("c");
        String week = "<intermediateCatchEvent id=\"wait\"><timerEventDefinition id=\"t\"><timeDuration>P8D</timeDuration></timerEventDefinition></intermediateCatchEvent><sequenceFlow id=\"g4\" sourceRef=\"wait\" targetRef=\"c\"/>";
        assertThat(warnings(chain.replace("<sequenceFlow id=\"g5\" sourceRef=\"c\" targetRef=\"step\"/>", "").formatted("wait", week))).extracting(BpmnProblem::message).noneMatch(message -> message.contains("within 7 days"));
    }

    private List<BpmnProblem> warnings(String steps) {
        return problems(steps).stream().filter(problem -> problem.message().contains("may have sent")).toList();
    }

    @Test
    void anInputThatWasLeftEmptyIsMissing() {
        assertThat(problems(task("send-email", "template", "x").replace("source=\"x\" ", ""))).extracting(BpmnProblem::message).first().asString().contains("Choose the template");
    }

    @Test
    void wantsAWayOut() {
        assertThat(problems("""
                <intermediateCatchEvent id="step"><timerEventDefinition id="t"><timeDuration>P1D</timeDuration></timerEventDefinition></intermediateCatchEvent>
                <sequenceFlow id="round" sourceRef="again" targetRef="again"/><exclusiveGateway id="again"/>""")).extracting(BpmnProblem::message).anyMatch(message -> message.contains("Nobody ever gets here"));
        var endless = check.check(BpmnReader.read(frame(START + "<intermediateCatchEvent id=\"step\"><timerEventDefinition id=\"t\"><timeDuration>P1D</timeDuration></timerEventDefinition></intermediateCatchEvent>"
                + "<sequenceFlow id=\"round\" sourceRef=\"step\" targetRef=\"step\"/>")));
        assertThat(endless).filteredOn(problem -> problem.message().contains("comes to an end")).extracting(BpmnProblem::elementId).containsExactly("start");
    }

    @Test
    void leavesOurOwnProcessesAlone() {
        var taken = check.check(BpmnReader.read(frame(START + task("send-email", "template", "email-1") + END).replace("id=\"try\"", "id=\"campaign-run\"")));
        assertThat(taken).extracting(BpmnProblem::message).anyMatch(message -> message.contains("a process of Drover's own"));
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
        return check.check(BpmnReader.read(frame(START + step + END)));
    }

    private static String frame(String steps) {
        return """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
                    id="all" targetNamespace="test">
                  <process id="try" isExecutable="true">%s</process>
                  <message id="created" name="customer.created"/>
                  <message id="nameless"/>
                  <message id="ordered" name="order.placed"><extensionElements><zeebe:subscription correlationKey="=customerId"/></extensionElements></message>
                  <message id="typo" name="order.palced"><extensionElements><zeebe:subscription correlationKey="=customerId"/></extensionElements></message>
                </definitions>""".formatted(steps);
    }

    private static String choice(String condition) {
        return """
                <exclusiveGateway id="step" default="f2"/><sequenceFlow id="f3" sourceRef="step" targetRef="other"><conditionExpression>%s</conditionExpression></sequenceFlow><endEvent id="other"/>"""
                .formatted(condition);
    }

    private static DroverSettings settings() {
        return new DroverSettings(Path.of("target"), null, null, null, null, Path.of("rules"), Path.of("workflows"));
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
