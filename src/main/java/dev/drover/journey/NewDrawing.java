package dev.drover.journey;

import io.camunda.zeebe.model.bpmn.instance.Process;
import dev.drover.kernel.Problem;
import java.text.Normalizer;
import java.util.Locale;

/** What a journey's drawing begins with: one start event on an empty sheet, or somebody's file. */
final class NewDrawing {

    private static final int LONGEST_ID = 60;

    private NewDrawing() {}

    /** @return the diagram of a journey that begins when somebody or some program starts it */
    static String named(String id, String name) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" \
                xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:modeler="http://camunda.org/schema/modeler/1.0" \
                id="definitions" targetNamespace="https://drover.dev/journeys" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.5.0">
                  <bpmn:process id="%s" name="%s" isExecutable="true">
                    <bpmn:startEvent id="begin"/>
                  </bpmn:process>
                  <bpmndi:BPMNDiagram id="diagram">
                    <bpmndi:BPMNPlane id="plane" bpmnElement="%s">
                      <bpmndi:BPMNShape id="begin_shape" bpmnElement="begin"><dc:Bounds x="180" y="200" width="36" height="36"/></bpmndi:BPMNShape>
                    </bpmndi:BPMNPlane>
                  </bpmndi:BPMNDiagram>
                </bpmn:definitions>
                """.formatted(id, escaped(name), id);
    }

    /** The id that a name suggests: {@code Spring: 10 % off} → {@code spring-10-off}. */
    static String idOf(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD).replaceAll("\\p{M}", "").toLowerCase(Locale.ROOT);
        String id = plain.replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        if (id.isEmpty()) {
            throw Problem.invalid("name", "Give the journey a name with some letters in it.");
        }
        id = Character.isDigit(id.charAt(0)) ? "journey-" + id : id;
        return id.length() > LONGEST_ID ? id.substring(0, LONGEST_ID).replaceAll("-+$", "") : id;
    }

    /**
     * By which id a file's journey is kept.
     *
     * @throws Problem rejected where no id can be told
     */
    static String idIn(String xml) {
        var processes = BpmnReader.read(xml).getModelElementsByType(Process.class);
        String id = processes.stream().filter(Process::isExecutable).findFirst().or(() -> processes.stream().findFirst()).map(Process::getId)
                .orElseThrow(() -> Problem.rejected("There is no process in this file: it may be a decision (DMN) or a form."));
        if (!BpmnCheck.ID.matcher(id).matches()) {
            throw Problem.rejected("The process is called '%s': an id is letters, digits, dots, dashes and underscores, at most 100.".formatted(id));
        }
        return id;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
