package dev.drover.journey;

import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.CatchEvent;
import io.camunda.zeebe.model.bpmn.instance.EventDefinition;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.LinkEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import io.camunda.zeebe.model.bpmn.instance.ThrowEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which step leads to which, read once: of a diagram with thousands of steps every other way takes minutes. Who stands at a step may leave it by
 * an event on its border, too.
 *
 * @param nodes by id, in the diagram's order
 */
record FlowGraph(Map<String, FlowNode> nodes, Map<String, List<String>> next, Map<String, List<String>> before) {

    static FlowGraph of(BpmnModelInstance model) {
        var nodes = new LinkedHashMap<String, FlowNode>();
        model.getModelElementsByType(FlowNode.class).forEach(node -> nodes.put(node.getId(), node));
        var graph = new FlowGraph(nodes, new LinkedHashMap<>(), new LinkedHashMap<>());
        for (SequenceFlow flow : model.getModelElementsByType(SequenceFlow.class)) {
            graph.connect(flow.getAttributeValue("sourceRef"), flow.getAttributeValue("targetRef"));
        }
        for (BoundaryEvent event : model.getModelElementsByType(BoundaryEvent.class)) {
            graph.connect(event.getAttributeValue("attachedToRef"), event.getId());
        }
        graph.connectLinks();
        return graph;
    }

    /** Where a drawing is cut in two, who comes to a link goes on at the one of the same name. */
    private void connectLinks() {
        for (FlowNode from : nodes.values()) {
            if (from instanceof ThrowEvent thrown) {
                linkOf(thrown.getEventDefinitions()).ifPresent(name -> nodes.values().stream().filter(CatchEvent.class::isInstance).map(CatchEvent.class::cast)
                        .filter(to -> linkOf(to.getEventDefinitions()).filter(name::equals).isPresent()).forEach(to -> connect(from.getId(), to.getId())));
            }
        }
    }

    private static Optional<String> linkOf(Collection<EventDefinition> definitions) {
        return definitions.stream().filter(LinkEventDefinition.class::isInstance).map(LinkEventDefinition.class::cast).map(LinkEventDefinition::getName).filter(Objects::nonNull).findFirst();
    }

    private void connect(String from, String to) {
        if (from != null && to != null) {
            next.computeIfAbsent(from, none -> new ArrayList<>()).add(to);
            before.computeIfAbsent(to, none -> new ArrayList<>()).add(from);
        }
    }

    List<String> after(String node) {
        return next.getOrDefault(node, List.of());
    }

    List<String> leadingTo(String node) {
        return before.getOrDefault(node, List.of());
    }

    /** These and all that lie behind them. */
    Set<String> reachedFrom(Collection<String> first) {
        return spread(first, next, node -> true);
    }

    /** These and all from which one comes to them. */
    Set<String> leadTo(Collection<String> last) {
        return spread(last, before, node -> true);
    }

    /** Who comes back to where it was over none but these. */
    Set<String> circling(Predicate<String> over) {
        // What nothing leads to, or what leads nowhere, is on no circle; taken away again and again, the circles and what joins them are left.
        var left = new HashSet<>(nodes.keySet());
        left.removeIf(over.negate());
        boolean smaller = true;
        while (smaller) {
            smaller = left.removeIf(node -> after(node).stream().noneMatch(left::contains) || leadingTo(node).stream().noneMatch(left::contains));
        }
        left.removeIf(node -> !spread(after(node).stream().filter(left::contains).toList(), next, left::contains).contains(node));
        return left;
    }

    private static Set<String> spread(Collection<String> first, Map<String, List<String>> along, Predicate<String> over) {
        var reached = new HashSet<String>();
        var pending = new ArrayDeque<>(first);
        while (!pending.isEmpty()) {
            String node = pending.poll();
            if (over.test(node) && reached.add(node)) {
                pending.addAll(along.getOrDefault(node, List.of()));
            }
        }
        return reached;
    }
}
