package dev.drover.journey;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A journey of one line for tests: {@code task NAME}, {@code wait NAME DURATION};
 * drawn, so that it can be looked at.
 */
record TriedJourney(String id, boolean stops, List<String> steps) {

    static TriedJourney of(String id, String... steps) {
        return new TriedJourney(id, false, List.of(steps));
    }

    /** The same with a part that ends it whenever {@code ID.stopped} happens. */
    TriedJourney stopping() {
        return new TriedJourney(id, true, steps);
    }

    String xml() {
        var elements = new StringBuilder();
        var flows = new StringBuilder();
        var shapes = new ArrayList<String>();
        String last = "begun";
        shapes.add(shape("begun", 0, 36));
        int x = 1;
        for (String step : steps) {
            String[] words = step.split(" ");
            String name = words[1];
            String ways = "<incoming>f_to_%s</incoming><outgoing>f_to_%s</outgoing>".formatted(name, x < steps.size() ? steps.get(x).split(" ")[1] : "ended");
            switch (words[0]) {
                case "task" -> elements.append("<serviceTask id=\"%1$s\" name=\"Do %1$s\"><extensionElements><zeebe:taskDefinition type=\"%2$s\"/></extensionElements>%3$s</serviceTask>"
                        .formatted(name, StepProbe.TYPE, ways));
                case "wait" -> elements.append("<intermediateCatchEvent id=\"%1$s\" name=\"Wait %1$s\">%3$s<timerEventDefinition id=\"t_%1$s\"><timeDuration>%2$s</timeDuration></timerEventDefinition></intermediateCatchEvent>"
                        .formatted(name, words[2], ways));
                default -> throw new IllegalArgumentException(step);
            }
            flows.append(flow(last, name));
            shapes.add(shape(name, x++, words[0].equals("task") ? 100 : 36));
            last = name;
        }
        elements.append("<endEvent id=\"ended\" name=\"Over\"><incoming>f_to_ended</incoming></endEvent>");
        flows.append(flow(last, "ended"));
        shapes.add(shape("ended", x, 36));
        String reaction = stops ? """
                <subProcess id="reaction" triggeredByEvent="true">
                  <startEvent id="stops" isInterrupting="true"><outgoing>fs</outgoing><messageEventDefinition id="s" messageRef="on_stopped"/></startEvent>
                  <sequenceFlow id="fs" sourceRef="stops" targetRef="stopped"/><endEvent id="stopped"><incoming>fs</incoming></endEvent></subProcess>""" : "";
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="all" targetNamespace="test">
                  <process id="%1$s" name="Tried %1$s" isExecutable="true">
                    <startEvent id="begun" name="Begun"><outgoing>f_to_%6$s</outgoing><messageEventDefinition id="begins" messageRef="on_begun"/></startEvent>
                    %2$s %3$s %4$s
                  </process>
                  <message id="on_begun" name="%1$s.begun"/>
                  <message id="on_stopped" name="%1$s.stopped"><extensionElements><zeebe:subscription correlationKey="=customerId"/></extensionElements></message>
                  <bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="p" bpmnElement="%1$s">%5$s</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
                </definitions>
                """.formatted(id, elements, flows, reaction, shapes.stream().collect(Collectors.joining()), steps.getFirst().split(" ")[1]);
    }

    private static String flow(String from, String to) {
        return "<sequenceFlow id=\"f_to_%2$s\" sourceRef=\"%1$s\" targetRef=\"%2$s\"/>".formatted(from, to);
    }

    private static String shape(String element, int place, int size) {
        return "<bpmndi:BPMNShape id=\"di_%1$s\" bpmnElement=\"%1$s\"><dc:Bounds x=\"%2$d\" y=\"%3$d\" width=\"%4$d\" height=\"%5$d\"/></bpmndi:BPMNShape>"
                .formatted(element, 60 + place * 160, 120 - size / 2, size, size == 100 ? 80 : size);
    }
}
