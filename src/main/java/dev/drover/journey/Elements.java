package dev.drover.journey;

import io.camunda.zeebe.model.bpmn.instance.BaseElement;
import io.camunda.zeebe.model.bpmn.instance.FlowElement;
import io.camunda.zeebe.model.bpmn.instance.Message;
import io.camunda.zeebe.model.bpmn.instance.MessageEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.ReceiveTask;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import java.util.Comparator;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/** Where on the drawing a part of the XML is seen. */
final class Elements {

    private Elements() {}

    /** @return the drawn element it belongs to; {@code null}: none */
    static @Nullable String idOf(ModelElementInstance part) {
        for (ModelElementInstance each = part; each != null; each = each.getParentElement()) {
            if (each instanceof FlowElement || each instanceof Process) {
                return ((BaseElement) each).getId();
            }
            if (each instanceof Message message) {
                return waitingFor(message);
            }
        }
        return null;
    }

    /** A message isn't drawn: whoever waits for it is. */
    private static @Nullable String waitingFor(Message message) {
        var model = (io.camunda.zeebe.model.bpmn.BpmnModelInstance) message.getModelInstance();
        return model.getModelElementsByType(MessageEventDefinition.class).stream().filter(event -> message.equals(event.getMessage()))
                // Of a journey's start and who waits, it is the one who waits that needs a key.
                .sorted(Comparator.comparing(event -> event.getParentElement() instanceof StartEvent)).map(Elements::idOf).findFirst()
                .or(() -> model.getModelElementsByType(ReceiveTask.class).stream().filter(task -> message.equals(task.getMessage())).map(BaseElement::getId).findFirst()).orElse(null);
    }
}
