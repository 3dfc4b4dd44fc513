package dev.drover.journey;

import dev.drover.template.Templates;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.CatchEvent;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.TimerEventDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A journey that alone sends more than a customer may get: what is over the cap is never sent, and its author should know. The fastest way through
 * is looked at, on which whoever is waited for comes at once; where nobody can tell how long a wait is, it is taken for long.
 */
@Component
class CapCheck {

    private static final Duration LONG = Duration.ofDays(400);
    /** In a diagram with more ways than this, those that were tried have to do. */
    private static final int MOST_STEPS = 20_000;
    private static final int MOST_ROUNDS = 8;
    private static final int DEEPEST = 1_000;

    private record Sent(Duration at, String channel, String category) {}

    private final Templates templates;
    private final Caps caps;

    CapCheck(Templates templates, Caps caps) {
        this.templates = templates;
        this.caps = caps;
    }

    List<BpmnProblem> check(BpmnModelInstance model) {
        var walk = new Walk(FlowGraph.of(model), caps.now());
        if (!walk.caps.isEmpty()) {
            walk.graph.nodes().values().stream().filter(StartEvent.class::isInstance).forEach(start -> walk.on(start.getId(), Duration.ZERO, 0));
        }
        return List.copyOf(walk.problems.values());
    }

    private final class Walk {

        private final FlowGraph graph;
        private final List<Caps.Cap> caps;
        private final Map<String, BpmnProblem> problems = new LinkedHashMap<>();
        private final Map<String, Integer> rounds = new HashMap<>();
        private final List<Sent> sent = new ArrayList<>();
        private int steps;

        Walk(FlowGraph graph, List<Caps.Cap> caps) {
            this.graph = graph;
            this.caps = caps;
        }

        void on(String id, Duration at, int depth) {
            FlowNode node = graph.nodes().get(id);
            if (node == null || ++steps > MOST_STEPS || depth > DEEPEST || rounds.getOrDefault(id, 0) == MOST_ROUNDS) {
                return;
            }
            rounds.merge(id, 1, Integer::sum);
            Duration then = at.plus(waitAt(node));
            Sent message = messageOf(node, then);
            if (message != null) {
                sent.add(message);
                look(id, message);
            }
            graph.after(id).forEach(next -> on(next, graph.nodes().get(next) instanceof BoundaryEvent ? at : then, depth + 1));
            if (message != null) {
                sent.removeLast();
            }
            rounds.merge(id, -1, Integer::sum);
        }

        private void look(String id, Sent message) {
            for (Caps.Cap cap : caps) {
                if (!covers(cap, message)) {
                    continue;
                }
                long within = sent.stream().filter(one -> covers(cap, one) && one.at().compareTo(message.at().minus(Duration.ofDays(cap.days()))) > 0).count();
                if (within > cap.most()) {
                    problems.putIfAbsent(id, BpmnProblem.warning(id, "By here this journey alone may have sent %d %smessages within %d days; nobody gets more than %d, so the rest is left out.".formatted(
                            within, cap.channel().equals("any") ? "" : cap.channel() + " ", cap.days(), cap.most())));
                }
            }
        }
    }

    private static boolean covers(Caps.Cap cap, Sent sent) {
        return (cap.channel().equals("any") || cap.channel().equals(sent.channel())) && (cap.category().equals("any") || cap.category().equals(sent.category()));
    }

    /** Of what advertises: the rest is never capped. */
    private @Nullable Sent messageOf(FlowNode node, Duration at) {
        if (!(node instanceof ServiceTask task) || !TaskInputs.SENDING.contains(TaskInputs.type(task))) {
            return null;
        }
        String key = TaskInputs.input(task, "template");
        var template = key == null ? null : templates.find(key).orElse(null);
        if (template == null || !template.type().equals("marketing")) {
            return null;
        }
        String category = TaskInputs.input(task, "category");
        return new Sent(at, template.channel().key(), category == null || category.isBlank() || category.startsWith("=") ? template.category() : category);
    }

    private static Duration waitAt(FlowNode node) {
        if (!(node instanceof CatchEvent event) || event instanceof StartEvent) {
            return Duration.ZERO;
        }
        return event.getEventDefinitions().stream().filter(TimerEventDefinition.class::isInstance).map(TimerEventDefinition.class::cast).findFirst().map(timer -> {
            var duration = timer.getTimeDuration();
            String text = duration == null || duration.getTextContent() == null ? "" : duration.getTextContent().strip();
            return text.startsWith("=") || !EventCheck.isDuration(text) ? LONG : EventCheck.durationOf(text);
        }).orElse(Duration.ZERO);
    }
}
