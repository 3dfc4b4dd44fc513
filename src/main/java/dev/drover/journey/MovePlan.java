package dev.drover.journey;

import dev.drover.journey.Journeys.Journey;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.Activity;
import io.camunda.zeebe.model.bpmn.instance.BaseElement;
import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.EventBasedGateway;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.IntermediateCatchEvent;
import io.camunda.zeebe.model.bpmn.instance.MessageEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import io.camunda.zeebe.model.bpmn.instance.TimerEventDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who of one version can be moved to another, how, and who can't and why. The engine's own migration is taken where it can be: of 8.5 for those who stand at
 * service tasks only, in journeys without event sub-processes. Everybody else who stands at one place is taken over by the {@link Crossing}.
 */
final class MovePlan {

    enum Way {
        /** By the engine's own migration: the instance stays the same. */
        MIGRATED,
        /** Ended there and begun here, with all it knew. */
        TAKEN_OVER,
        /** A moment later: something is being done for them just now. */
        LATER,
        /** Not at all. */
        STAYS
    }

    /** @param to element id in the target; {@code null} where nobody moves @param reason why not, or not yet */
    record Verdict(Way way, @Nullable String to, @Nullable String reason) {}

    /** @param id of the element @param type the engine's word */
    record Place(String id, String type) {}

    private static final Set<String> AROUND = Set.of("SUB_PROCESS", "MULTI_INSTANCE_BODY", "EVENT_SUB_PROCESS", "PROCESS");
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Map<String, FlowNode> source;
    private final Map<String, FlowNode> target;
    private final FlowGraph here;
    private final FlowGraph there;
    private final Map<String, String> mapping;
    private final int version;
    private final boolean engineCan;
    private final boolean old;

    private MovePlan(BpmnModelInstance source, BpmnModelInstance target, Map<String, String> mapping, int version, boolean old) {
        this.here = FlowGraph.of(source);
        this.there = FlowGraph.of(target);
        this.source = here.nodes();
        this.target = there.nodes();
        this.mapping = mapping;
        this.version = version;
        this.old = old;
        this.engineCan = this.source.values().stream().noneMatch(MovePlan::reacts) && this.target.values().stream().noneMatch(MovePlan::reacts);
    }

    /**
     * @param wished where those at an element go on, by element id; what isn't named goes on at the element of the same id, where there is one
     * @param old    the source runs in a form that knows no crossing
     */
    static MovePlan of(Journey from, Journey to, Map<String, String> wished, boolean old) {
        var source = BpmnReader.read(from.xml());
        var target = BpmnReader.read(to.xml());
        var kept = FlowGraph.of(target).nodes().keySet();
        var mapping = new TreeMap<String, String>();
        FlowGraph.of(source).nodes().keySet().stream().filter(kept::contains).forEach(id -> mapping.put(id, id));
        mapping.putAll(wished);
        mapping.values().removeIf(String::isBlank);
        return new MovePlan(source, target, mapping, to.version(), old);
    }

    /** Elements of the target where somebody may be set down, by id. */
    static Map<String, FlowNode> places(Journey to) {
        var graph = FlowGraph.of(BpmnReader.read(to.xml()));
        var places = new LinkedHashMap<>(graph.nodes());
        places.values().removeIf(node -> !place(node, graph));
        return places;
    }

    @Nullable String to(String element) {
        return mapping.get(element);
    }

    Verdict verdict(List<Place> stands, boolean stuck, boolean known, boolean twice) {
        var leaves = stands.stream().filter(stand -> !AROUND.contains(stand.type())).toList();
        if (leaves.isEmpty()) {
            return new Verdict(Way.LATER, null, "is between two steps");
        }
        if (leaves.stream().anyMatch(stand -> stand.id().equals(EngineForm.CROSSING))) {
            return new Verdict(Way.LATER, null, stuck ? "can’t be set down; see what is stuck" : "is on the way over");
        }
        boolean anew = stuck && known && !twice && stands.size() == 1 && mended(leaves.getFirst());
        if (engineCan && !old && !anew && stands.stream().allMatch(this::engineMigrates)) {
            return new Verdict(Way.MIGRATED, mapping.get(leaves.getFirst().id()), null);
        }
        if (leaves.size() > 1) {
            return stays("stands at %d steps at once".formatted(leaves.size()));
        }
        Place leaf = leaves.getFirst();
        if (stands.size() > 1 || !top(source.get(leaf.id()))) {
            return stays("is inside a part of the journey that is walked as a whole (a sub-process)");
        }
        if (leaf.type().equals("SERVICE_TASK") && !stuck) {
            return new Verdict(Way.LATER, null, "a step is being done just now");
        }
        if (old) {
            return stays("began before customers could be moved");
        }
        if (!known) {
            return stays("nobody knows whose journey this is");
        }
        if (twice) {
            return stays("is on this journey twice");
        }
        String to = mapping.get(leaf.id());
        if (to == null) {
            return stays("version %d has no such step: choose where they go on".formatted(version));
        }
        FlowNode node = target.get(to);
        if (node == null) {
            return stays("version %d has no step ‘%s’".formatted(version, to));
        }
        return place(node, there) ? new Verdict(Way.TAKEN_OVER, to, null) : stays("nobody can be set down at ‘%s’: choose another step".formatted(JourneySteps.name(node)));
    }

    /** Whether the step they are stuck at asks for something else there: the engine reads a step's inputs when it is entered, so whom it migrates would stay with the old ones. */
    private boolean mended(Place stand) {
        var from = source.get(stand.id());
        var to = Optional.ofNullable(mapping.get(stand.id())).map(target::get).orElse(null);
        return from instanceof ServiceTask here && to instanceof ServiceTask there && place(to, this.there) && !TaskInputs.all(here).equals(TaskInputs.all(there));
    }

    private static Verdict stays(String reason) {
        return new Verdict(Way.STAYS, null, reason);
    }

    /** What the engine is told where each goes on that is active. */
    Map<String, String> mapping(List<Place> stands) {
        var mapped = new LinkedHashMap<String, String>();
        stands.forEach(stand -> Optional.ofNullable(mapping.get(stand.id())).ifPresent(to -> mapped.put(stand.id(), to)));
        return mapped;
    }

    /** As {@code ProcessInstanceMigrationPreconditions} of 8.5.8 has it. */
    private boolean engineMigrates(Place stand) {
        FlowNode from = source.get(stand.id());
        FlowNode to = Optional.ofNullable(mapping.get(stand.id())).map(target::get).orElse(null);
        if (from == null || to == null || !scope(from).equals(scope(to)) || several(from) || several(to) || guarded(from, source) || guarded(to, target)) {
            return false;
        }
        return switch (stand.type()) {
            case "SERVICE_TASK" -> from instanceof ServiceTask && to instanceof ServiceTask;
            case "SUB_PROCESS" -> from instanceof SubProcess && to instanceof SubProcess;
            default -> false;
        };
    }

    private String scope(FlowNode node) {
        var parent = (BaseElement) node.getParentElement();
        // The process keeps its id from version to version.
        return parent instanceof Process ? "" : source.containsKey(parent.getId()) ? mapping.getOrDefault(parent.getId(), parent.getId()) : parent.getId();
    }

    private static boolean several(FlowNode node) {
        return node instanceof Activity activity && activity.getLoopCharacteristics() != null;
    }

    /** By an event on its border that the engine can't take along; messages it can. */
    private static boolean guarded(FlowNode node, Map<String, FlowNode> all) {
        return all.values().stream().filter(BoundaryEvent.class::isInstance).map(BoundaryEvent.class::cast).filter(event -> node.equals(event.getAttachedTo()))
                .anyMatch(event -> event.getEventDefinitions().stream().anyMatch(definition -> !(definition instanceof MessageEventDefinition)));
    }

    private static boolean reacts(FlowNode node) {
        return node instanceof SubProcess inner && inner.triggeredByEvent();
    }

    private static boolean top(@Nullable FlowNode node) {
        return node != null && node.getParentElement() instanceof Process;
    }

    private static boolean place(FlowNode node, FlowGraph graph) {
        boolean behindGateway = graph.leadingTo(node.getId()).stream().anyMatch(before -> graph.nodes().get(before) instanceof EventBasedGateway);
        return top(node) && !(node instanceof StartEvent) && !(node instanceof BoundaryEvent) && !reacts(node) && !several(node) && !behindGateway;
    }

    /**
     * Until when who has stood here since then waits at the new place: what was waited counts.
     *
     * @return {@code null}: there is no wait there whose length can be read, so it begins anew
     */
    @Nullable Instant until(String from, String to, Instant since, @Nullable Instant due, Instant now) {
        String length = wait(target.get(to), there);
        if (length == null || wait(source.get(from), here) == null) {
            return null;
        }
        Instant until;
        if (length.equals(wait(source.get(from), here)) && due != null) {
            until = due;
        } else {
            try {
                until = since.plus(Duration.parse(length));
            } catch (DateTimeParseException calculated) {
                return null;
            }
        }
        // What is over already still has to begin and end.
        return until.isBefore(now.plus(SOON)) ? now.plus(SOON) : until;
    }

    /** Whether who is moved waits there as if they had just come. */
    boolean beginsAnew(String from, String to) {
        return wait(target.get(to), there) != null && until(from, to, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH) == null;
    }

    private static @Nullable String wait(@Nullable FlowNode node, FlowGraph graph) {
        if (node instanceof EventBasedGateway gateway) {
            return graph.after(gateway.getId()).stream().map(next -> wait(graph.nodes().get(next), graph)).filter(java.util.Objects::nonNull).findFirst().orElse(null);
        }
        return node instanceof IntermediateCatchEvent event ? event.getEventDefinitions().stream().filter(TimerEventDefinition.class::isInstance).map(TimerEventDefinition.class::cast)
                .map(TimerEventDefinition::getTimeDuration).filter(java.util.Objects::nonNull).map(text -> text.getTextContent().strip()).findFirst().orElse(null) : null;
    }
}
