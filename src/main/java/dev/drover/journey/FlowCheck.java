package dev.drover.journey;

import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.EndEvent;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.IntermediateCatchEvent;
import io.camunda.zeebe.model.bpmn.instance.ReceiveTask;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Steps nobody reaches, and loops that never rest. */
final class FlowCheck {

    private FlowCheck() {}

    static List<BpmnProblem> check(Collection<FlowNode> nodes) {
        var problems = new ArrayList<BpmnProblem>();
        var reached = reached(nodes);
        for (FlowNode node : nodes) {
            if (!reached.contains(node)) {
                problems.add(BpmnProblem.error(node.getId(), "Nobody ever gets here: no path leads to this step."));
            }
            if (!(node instanceof EndEvent) && node.getOutgoing().isEmpty() && !eventSubProcess(node) && reached.contains(node)) {
                problems.add(BpmnProblem.warning(node.getId(), "The path stops here without an end event."));
            }
            if (!waits(node) && comesBackWithoutRest(node)) {
                problems.add(BpmnProblem.error(node.getId(), "This loop has no wait in it: it would go round without end."));
            }
        }
        return problems;
    }

    private static Set<FlowNode> reached(Collection<FlowNode> nodes) {
        var reached = new HashSet<FlowNode>();
        var next = new ArrayDeque<FlowNode>();
        nodes.stream().filter(node -> node instanceof StartEvent || node instanceof BoundaryEvent || eventSubProcess(node)).forEach(next::add);
        while (!next.isEmpty()) {
            FlowNode node = next.poll();
            if (reached.add(node)) {
                node.getSucceedingNodes().list().forEach(next::add);
            }
        }
        return reached;
    }

    private static boolean comesBackWithoutRest(FlowNode from) {
        var seen = new HashSet<FlowNode>();
        var next = new ArrayDeque<>(from.getSucceedingNodes().list());
        while (!next.isEmpty()) {
            FlowNode node = next.poll();
            if (node.equals(from)) {
                return true;
            }
            if (!waits(node) && seen.add(node)) {
                next.addAll(node.getSucceedingNodes().list());
            }
        }
        return false;
    }

    private static boolean waits(FlowNode node) {
        return node instanceof IntermediateCatchEvent || node instanceof ReceiveTask
                || node instanceof SubProcess inner && inner.getChildElementsByType(IntermediateCatchEvent.class).stream().findAny().isPresent();
    }

    private static boolean eventSubProcess(FlowNode node) {
        return node instanceof SubProcess inner && inner.triggeredByEvent();
    }
}
