package dev.drover.journey;

import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.EndEvent;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.IntermediateCatchEvent;
import io.camunda.zeebe.model.bpmn.instance.ReceiveTask;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import java.util.ArrayList;
import java.util.List;

/** Steps nobody reaches, loops that never rest, and ways that never come to an end. */
final class FlowCheck {

    private FlowCheck() {}

    static List<BpmnProblem> check(BpmnModelInstance model) {
        var graph = FlowGraph.of(model);
        var problems = new ArrayList<BpmnProblem>();
        var reached = graph.reachedFrom(graph.nodes().values().stream().filter(node -> node instanceof StartEvent || eventSubProcess(node)).map(FlowNode::getId).toList());
        var ending = graph.leadTo(graph.nodes().values().stream().filter(node -> graph.after(node.getId()).stream().allMatch(next -> graph.nodes().get(next) instanceof BoundaryEvent))
                .map(FlowNode::getId).toList());
        var restless = graph.circling(id -> !waits(graph.nodes().get(id)));
        graph.nodes().forEach((id, node) -> {
            if (!reached.contains(id)) {
                problems.add(BpmnProblem.error(id, "Nobody ever gets here: no path leads to this step."));
                return;
            }
            boolean stops = graph.after(id).stream().allMatch(next -> graph.nodes().get(next) instanceof BoundaryEvent);
            if (stops && !(node instanceof EndEvent) && !eventSubProcess(node)) {
                problems.add(BpmnProblem.warning(id, "The path stops here without an end event."));
            }
            if (restless.contains(id)) {
                problems.add(BpmnProblem.error(id, "This loop has no wait in it: it would go round without end."));
            } else if (!ending.contains(id) && graph.leadingTo(id).stream().noneMatch(before -> reached.contains(before) && !ending.contains(before))) {
                problems.add(BpmnProblem.error(id, "From here on nobody ever comes to an end: give the loop behind it a way out."));
            }
        });
        return problems;
    }

    private static boolean waits(FlowNode node) {
        return node instanceof IntermediateCatchEvent || node instanceof ReceiveTask
                || node instanceof SubProcess inner && inner.getChildElementsByType(IntermediateCatchEvent.class).stream().findAny().isPresent();
    }

    private static boolean eventSubProcess(FlowNode node) {
        return node instanceof SubProcess inner && inner.triggeredByEvent();
    }
}
