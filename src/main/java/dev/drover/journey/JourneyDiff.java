package dev.drover.journey;

import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.FlowElement;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** What differs between two versions of a journey in what it does; where its steps are drawn is no difference. */
final class JourneyDiff {

    enum Kind { ADDED, REMOVED, CHANGED }

    /** @param words what changed, each in a line; empty for what came or went */
    record Change(String elementId, Kind kind, String name, List<String> words) {

        /** As a CSS class calls it. */
        public String look() {
            return kind.name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private JourneyDiff() {}

    static List<Change> between(BpmnModelInstance before, BpmnModelInstance after) {
        var old = elements(before);
        var now = elements(after);
        var changes = new ArrayList<Change>();
        process(before, after, changes);
        now.forEach((id, element) -> {
            if (!old.containsKey(id)) {
                changes.add(new Change(id, Kind.ADDED, name(element), List.of()));
            } else {
                var words = words(ElementFacts.of(old.get(id)), ElementFacts.of(element));
                if (!words.isEmpty()) {
                    changes.add(new Change(id, Kind.CHANGED, name(element), words));
                }
            }
        });
        old.forEach((id, element) -> {
            if (!now.containsKey(id)) {
                changes.add(new Change(id, Kind.REMOVED, name(element), List.of()));
            }
        });
        return changes;
    }

    private static void process(BpmnModelInstance before, BpmnModelInstance after, List<Change> changes) {
        var old = JourneyModel.of(before);
        var now = JourneyModel.of(after);
        var words = new ArrayList<String>();
        say("Name", old.name(), now.name(), words);
        say("Description", old.about(), now.about(), words);
        if (!words.isEmpty()) {
            changes.add(new Change(now.id(), Kind.CHANGED, "The journey", words));
        }
    }

    private static List<String> words(Map<String, String> before, Map<String, String> after) {
        var words = new ArrayList<String>();
        var names = new LinkedHashSet<>(after.keySet());
        names.addAll(before.keySet());
        names.forEach(name -> say(name, before.getOrDefault(name, ""), after.getOrDefault(name, ""), words));
        return words;
    }

    private static void say(String what, String before, String after, List<String> words) {
        if (!before.equals(after)) {
            words.add(before.isEmpty() ? "%s: “%s”, was nothing".formatted(what, after) : after.isEmpty() ? "%s: nothing, was “%s”".formatted(what, before)
                    : "%s: “%s”, was “%s”".formatted(what, after, before));
        }
    }

    private static Map<String, FlowElement> elements(BpmnModelInstance model) {
        var elements = new LinkedHashMap<String, FlowElement>();
        model.getModelElementsByType(FlowNode.class).forEach(node -> elements.put(node.getId(), node));
        model.getModelElementsByType(SequenceFlow.class).forEach(flow -> elements.put(flow.getId(), flow));
        return elements;
    }

    private static String name(FlowElement element) {
        if (element.getName() != null && !element.getName().isBlank()) {
            return element.getName();
        }
        if (element instanceof SequenceFlow flow && flow.getSource() != null && flow.getTarget() != null) {
            return "%s → %s".formatted(name(flow.getSource()), name(flow.getTarget()));
        }
        return JourneySteps.kind(element) + " " + element.getId();
    }
}
