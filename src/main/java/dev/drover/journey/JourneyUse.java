package dev.drover.journey;

import dev.drover.engine.EngineHistory;
import dev.drover.segment.SegmentUse;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Tells the floors below which journeys ask for what is theirs, before they take it away. A key that only an expression yields isn't seen. */
@Component
class JourneyUse implements SegmentUse {

    private final Journeys journeys;
    private final EngineHistory history;

    JourneyUse(Journeys journeys, EngineHistory history) {
        this.journeys = journeys;
        this.history = history;
    }

    @Override
    public List<String> of(String segment) {
        return whose(journey -> asksFor(journey, segment));
    }

    /** Journeys of which some version in use is so, in words. */
    List<String> whose(Predicate<Journeys.Journey> version) {
        return journeys.all().stream().flatMap(newest -> running(newest).filter(version).findFirst().stream()).map(journey -> "the journey " + journey.name()).toList();
    }

    /** The version that newcomers take, and those that somebody is still on. */
    private Stream<Journeys.Journey> running(Journeys.Journey newest) {
        return journeys.versions(newest.id()).stream()
                .filter(journey -> journey.version() == newest.version() || history.counts(journey.id(), journey.version()).active() > 0);
    }

    private static boolean asksFor(Journeys.Journey journey, String segment) {
        return BpmnReader.read(journey.xml()).getModelElementsByType(ServiceTask.class).stream()
                .anyMatch(task -> TaskInputs.ABOUT_SEGMENTS.contains(TaskInputs.type(task)) && segment.equals(TaskInputs.input(task, "segment")));
    }
}
