package dev.drover.journey;

import dev.drover.audience.Customer;
import dev.drover.audience.Shown;
import dev.drover.audience.TimelineSource;
import dev.drover.engine.EngineHistory;
import dev.drover.engine.EngineHistory.Step;
import io.camunda.zeebe.model.bpmn.instance.FlowElement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The steps of a customer's journeys, by the names the author gave them. */
@Component
class JourneyTimeline implements TimelineSource {

    private static final Set<String> PLUMBING = Set.of("PROCESS", "SEQUENCE_FLOW", "EXCLUSIVE_GATEWAY", "PARALLEL_GATEWAY", "INCLUSIVE_GATEWAY",
            "MULTI_INSTANCE_BODY", "SUB_PROCESS", "EVENT_SUB_PROCESS");

    private final EngineHistory history;
    private final Journeys journeys;

    JourneyTimeline(EngineHistory history, Journeys journeys) {
        this.history = history;
        this.journeys = journeys;
    }

    @Override
    public List<Entry> of(Customer customer, Instant before, int limit) {
        List<Step> steps = history.stepsOf(customer.knownAs(), 1_000).stream().filter(step -> step.enteredAt().isBefore(before))
                .filter(step -> !PLUMBING.contains(step.elementType())).toList();
        if (steps.isEmpty()) {
            return List.of();
        }
        var named = new HashMap<String, Map<String, String>>();
        var titles = new HashMap<String, String>();
        journeys.all().forEach(journey -> {
            titles.put(journey.id(), journey.name());
            named.put(journey.id(), names(journey.xml()));
        });
        // A step without a name says nothing to a marketer: the ends of a loop's round, for one.
        return steps.stream().filter(step -> named.getOrDefault(step.processId(), Map.of(step.elementId(), "")).containsKey(step.elementId())).limit(limit)
                .map(step -> entry(step, titles.getOrDefault(step.processId(), step.processId()), named.getOrDefault(step.processId(), Map.of())))
                .toList();
    }

    private static Entry entry(Step step, String journey, Map<String, String> names) {
        String name = names.getOrDefault(step.elementId(), step.elementId());
        String detail = step.leftAt() != null ? step.cancelled() ? "interrupted" : null : step.dueAt() == null ? "here now" : "waits until " + Shown.time(step.dueAt()).minute() + " UTC";
        return new Entry(step.enteredAt(), "journey", journey + ": " + name, detail, "/journeys/" + step.processId(),
                Map.of("journeyId", step.processId(), "elementId", step.elementId(), "instanceKey", Long.toString(step.instanceKey())));
    }

    private static Map<String, String> names(String xml) {
        var names = new HashMap<String, String>();
        BpmnReader.read(xml).getModelElementsByType(FlowElement.class).forEach(element -> {
            if (element.getName() != null && !element.getName().isBlank()) {
                names.put(element.getId(), element.getName().replaceAll("\\s+", " "));
            }
        });
        return names;
    }
}
