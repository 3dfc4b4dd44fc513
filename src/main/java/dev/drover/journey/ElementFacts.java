package dev.drover.journey;

import io.camunda.zeebe.model.bpmn.instance.Activity;
import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.CatchEvent;
import io.camunda.zeebe.model.bpmn.instance.Documentation;
import io.camunda.zeebe.model.bpmn.instance.ExclusiveGateway;
import io.camunda.zeebe.model.bpmn.instance.FlowElement;
import io.camunda.zeebe.model.bpmn.instance.InclusiveGateway;
import io.camunda.zeebe.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import io.camunda.zeebe.model.bpmn.instance.ReceiveTask;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import io.camunda.zeebe.model.bpmn.instance.TimerEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeIoMapping;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/** What an element of a diagram says, in words and by name: two that say the same do the same. */
final class ElementFacts {

    private ElementFacts() {}

    static Map<String, String> of(FlowElement element) {
        var facts = new LinkedHashMap<String, String>();
        put(facts, "Name", element.getName());
        put(facts, "Kind", JourneySteps.kind(element));
        put(facts, "Description", element.getDocumentations().stream().map(Documentation::getTextContent).collect(Collectors.joining("\n")));
        switch (element) {
            case SequenceFlow flow -> {
                put(facts, "From", flow.getAttributeValue("sourceRef"));
                put(facts, "To", flow.getAttributeValue("targetRef"));
                put(facts, "When", text(flow.getConditionExpression()));
            }
            case ServiceTask task -> put(facts, "Does", TaskInputs.type(task));
            case ReceiveTask task -> put(facts, "Event", task.getMessage() == null ? null : task.getMessage().getName());
            case CatchEvent event -> event(event, facts);
            case ExclusiveGateway gateway -> put(facts, "Otherwise", gateway.getAttributeValue("default"));
            case InclusiveGateway gateway -> put(facts, "Otherwise", gateway.getAttributeValue("default"));
            default -> { }
        }
        if (element instanceof Activity activity && activity.getLoopCharacteristics() instanceof MultiInstanceLoopCharacteristics loop) {
            put(facts, "For each of", loop.getExtensionElements() == null ? "some" : loop.getExtensionElements().getElementsQuery().list().stream()
                    .map(each -> each.getAttributeValue("inputCollection")).collect(Collectors.joining()));
        }
        var mapping = element.getSingleExtensionElement(ZeebeIoMapping.class);
        if (mapping != null) {
            mapping.getInputs().forEach(input -> put(facts, "Input " + input.getTarget(), input.getSource()));
            mapping.getOutputs().forEach(output -> put(facts, "Output " + output.getTarget(), output.getSource()));
        }
        return facts;
    }

    private static void event(CatchEvent event, Map<String, String> facts) {
        JourneyModel.messageOf(event).ifPresent(message -> put(facts, "Event", message.getName()));
        event.getEventDefinitions().stream().filter(TimerEventDefinition.class::isInstance).map(TimerEventDefinition.class::cast).forEach(timer -> {
            put(facts, "Waits", text(timer.getTimeDuration()));
            put(facts, "Waits until", text(timer.getTimeDate()));
            put(facts, "Repeats", text(timer.getTimeCycle()));
        });
        if (event instanceof BoundaryEvent border) {
            put(facts, "On the border of", border.getAttributeValue("attachedToRef"));
            put(facts, "Interrupts", border.cancelActivity() ? "yes" : "no");
        }
    }

    private static @Nullable String text(@Nullable ModelElementInstance part) {
        return part == null ? null : part.getTextContent();
    }

    private static void put(Map<String, String> facts, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            facts.put(name, value.strip());
        }
    }
}
