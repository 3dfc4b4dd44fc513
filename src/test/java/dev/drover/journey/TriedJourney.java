package dev.drover.journey;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A journey of one line for tests: {@code task NAME}, {@code wait NAME DURATION}, {@code race NAME DURATION} (an event-based gateway: {@code ID.NAME} happens, or the
 * time is over); drawn, so that it can be looked at.
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
        var into = new ArrayList<>(List.of("f_to_" + steps.getFirst().split(" ")[1]));
        var races = new StringBuilder();
        shapes.add(shape("begun", 0, 36));
        int x = 1;
        for (String step : steps) {
            String[] words = step.split(" ");
            String name = words[1];
            String next = x < steps.size() ? steps.get(x).split(" ")[1] : "ended";
            String in = incoming(into);
            String ways = in + "<outgoing>f_to_%s</outgoing>".formatted(next);
            into = new ArrayList<>(List.of("f_to_" + next));
            flows.append(flow(last, name));
            last = name;
            switch (words[0]) {
                case "task" -> elements.append("<serviceTask id=\"%1$s\" name=\"Do %1$s\"><extensionElements><zeebe:taskDefinition type=\"%2$s\"/></extensionElements>%3$s</serviceTask>"
                        .formatted(name, StepProbe.TYPE, ways));
                case "wait" -> elements.append("<intermediateCatchEvent id=\"%1$s\" name=\"Wait %1$s\">%3$s<timerEventDefinition id=\"t_%1$s\"><timeDuration>%2$s</timeDuration></timerEventDefinition></intermediateCatchEvent>"
                        .formatted(name, words[2], ways));
                case "race" -> {
                    races.append("<message id=\"on_%1$s\" name=\"%2$s.%1$s\"><extensionElements><zeebe:subscription correlationKey=\"=customerId\"/></extensionElements></message>".formatted(name, id));
                    elements.append("""
                            <eventBasedGateway id="%1$s" name="Wait %1$s">%3$s<outgoing>f_to_%1$s_event</outgoing><outgoing>f_to_%1$s_late</outgoing></eventBasedGateway>
                            <intermediateCatchEvent id="%1$s_event"><incoming>f_to_%1$s_event</incoming><outgoing>f_to_%4$s</outgoing><messageEventDefinition id="m_%1$s" messageRef="on_%1$s"/></intermediateCatchEvent>
                            <intermediateCatchEvent id="%1$s_late"><incoming>f_to_%1$s_late</incoming><outgoing>f_late_%1$s</outgoing><timerEventDefinition id="t_%1$s"><timeDuration>%2$s</timeDuration></timerEventDefinition></intermediateCatchEvent>
                            <sequenceFlow id="f_late_%1$s" sourceRef="%1$s_late" targetRef="%4$s"/>""".formatted(name, words[2], in, next));
                    flows.append(flow(name, name + "_event")).append(flow(name, name + "_late"));
                    last = name + "_event";
                    into.add("f_late_" + name);
                }
                default -> throw new IllegalArgumentException(step);
            }
            shapes.add(shape(name, x++, words[0].equals("task") ? 100 : 36));
        }
        elements.append("<endEvent id=\"ended\" name=\"Over\">" + incoming(into) + "</endEvent>");
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
                  <message id="on_begun" name="%1$s.begun"/>%7$s
                  <message id="on_stopped" name="%1$s.stopped"><extensionElements><zeebe:subscription correlationKey="=customerId"/></extensionElements></message>
                  <bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="p" bpmnElement="%1$s">%5$s</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
                </definitions>
                """.formatted(id, elements, flows, reaction, shapes.stream().collect(Collectors.joining()), steps.getFirst().split(" ")[1], races);
    }

    private static String incoming(List<String> flows) {
        return flows.stream().map("<incoming>%s</incoming>"::formatted).collect(Collectors.joining());
    }

    private static String flow(String from, String to) {
        return "<sequenceFlow id=\"f_to_%2$s\" sourceRef=\"%1$s\" targetRef=\"%2$s\"/>".formatted(from, to);
    }

    private static String shape(String element, int place, int size) {
        return "<bpmndi:BPMNShape id=\"di_%1$s\" bpmnElement=\"%1$s\"><dc:Bounds x=\"%2$d\" y=\"%3$d\" width=\"%4$d\" height=\"%5$d\"/></bpmndi:BPMNShape>"
                .formatted(element, 60 + place * 160, 120 - size / 2, size, size == 100 ? 80 : size);
    }
}
