package dev.drover.journey;

import io.camunda.zeebe.model.bpmn.instance.CatchEvent;
import io.camunda.zeebe.model.bpmn.instance.EndEvent;
import io.camunda.zeebe.model.bpmn.instance.Event;
import io.camunda.zeebe.model.bpmn.instance.EventBasedGateway;
import io.camunda.zeebe.model.bpmn.instance.FlowElement;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.Gateway;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import io.camunda.zeebe.model.bpmn.instance.TimerEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskDefinition;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A diagram's steps in words, for those who read it as a table, and by the names the author gave them. */
final class JourneySteps {

    /** @param kind what sort of step, in a word or two @param name the author's; where there is none, its id */
    record Step(String elementId, String name, String kind) {}

    private JourneySteps() {}

    /** In the order a customer comes by them; gateways where nobody waits and unnamed events are left out. */
    static List<Step> of(JourneyModel journey) {
        var order = new LinkedHashSet<FlowNode>();
        walk(journey.process().getChildElementsByType(FlowNode.class), order);
        return order.stream().filter(node -> !(node instanceof Gateway) || node instanceof EventBasedGateway).filter(node -> !(node instanceof Event) || named(node))
                .map(node -> new Step(node.getId(), name(node), kind(node))).toList();
    }

    /** From the starts along the paths, side by side; then what reacts to events, then what no path leads to. */
    private static void walk(Collection<FlowNode> level, Set<FlowNode> order) {
        var next = new ArrayDeque<FlowNode>();
        level.stream().filter(StartEvent.class::isInstance).forEach(next::add);
        while (!next.isEmpty()) {
            FlowNode node = next.poll();
            if (order.add(node)) {
                if (node instanceof SubProcess inner) {
                    walk(inner.getChildElementsByType(FlowNode.class), order);
                }
                node.getSucceedingNodes().list().forEach(next::add);
            }
        }
        for (FlowNode node : level) {
            if (order.add(node) && node instanceof SubProcess inner) {
                walk(inner.getChildElementsByType(FlowNode.class), order);
            }
        }
    }

    private static boolean named(FlowNode node) {
        return node.getName() != null && !node.getName().isBlank();
    }

    static String name(FlowNode node) {
        return named(node) ? node.getName().replaceAll("\\s+", " ") : node.getId();
    }

    static String kind(FlowElement node) {
        return switch (node) {
            case SequenceFlow flow -> "arrow";
            case EventBasedGateway gateway -> "wait";
            case StartEvent start -> "start";
            case EndEvent end -> "end";
            case CatchEvent event -> event.getEventDefinitions().stream().anyMatch(TimerEventDefinition.class::isInstance) ? "wait" : "event";
            case ServiceTask task -> jobType(task);
            case SubProcess inner -> inner.triggeredByEvent() ? "reaction" : "repeated part";
            case Gateway gateway -> "choice";
            default -> "step";
        };
    }

    private static String jobType(ServiceTask task) {
        var definition = task.getSingleExtensionElement(ZeebeTaskDefinition.class);
        return definition == null || definition.getType() == null ? "step" : definition.getType();
    }
}
