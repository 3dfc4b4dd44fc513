package dev.drover.journey;

import dev.drover.audience.Customers;
import dev.drover.engine.EngineCrowd;
import dev.drover.engine.EngineHistory;
import dev.drover.engine.EngineHistory.Instance;
import dev.drover.engine.EngineInstances;
import dev.drover.engine.EngineLive;
import dev.drover.journey.MovePlan.Place;
import dev.drover.journey.MovePlan.Way;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.web.AuditLog;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What people do to those who are on a journey: end it for them, move them to the newest version, let what is stuck try again. Many at once are a task. */
@Component
class JourneyDesk {

    /**
     * Customers who stand alike and what would become of them.
     *
     * @param elements where they stand @param to where they go on; {@code null}: they stay @param reason why, or what to know
     */
    record Line(List<String> elements, Way way, @Nullable String to, @Nullable String reason, long count) {

        public boolean moves() {
            return way == Way.MIGRATED || way == Way.TAKEN_OVER;
        }
    }

    /** What a move would do, were it begun now. Nothing has been changed. */
    record Preview(int from, int to, List<Line> lines) {

        public long moving() {
            return lines.stream().filter(line -> line.way() != Way.STAYS).mapToLong(Line::count).sum();
        }

        public long staying() {
            return lines.stream().filter(line -> line.way() == Way.STAYS).mapToLong(Line::count).sum();
        }
    }

    private static final int INSTANCES = 100;

    private final Journeys journeys;
    private final JourneyControls controls;
    private final JourneyTasks tasks;
    private final CancelWork ending;
    private final EngineCrowd crowd;
    private final EngineLive live;
    private final EngineHistory history;
    private final EngineInstances instances;
    private final Customers customers;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final PlatformClock clock;

    JourneyDesk(Journeys journeys, JourneyControls controls, JourneyTasks tasks, CancelWork ending, EngineCrowd crowd, EngineLive live, EngineHistory history, EngineInstances instances,
            Customers customers, AuditLog audit, TransactionTemplate transaction, PlatformClock clock) {
        this.journeys = journeys;
        this.controls = controls;
        this.tasks = tasks;
        this.ending = ending;
        this.crowd = crowd;
        this.live = live;
        this.history = history;
        this.instances = instances;
        this.customers = customers;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Ends the journey for everybody on it, and closes it. @param version {@code null}: all; else only for those on this one, and it stays open @return the task's id */
    long endAll(String id, @Nullable Integer version, String by) {
        if (version == null) {
            journeys.require(id);
            controls.close(id, clock.instant(), by);
        } else {
            journeys.require(id, version);
        }
        long last = version == null ? Long.MAX_VALUE : crowd.lastKey(id, version);
        return begin(id, JourneyTask.Kind.CANCEL, version, null, null, Map.of(), crowd.count(id, version, last), last, by);
    }

    /** @throws Problem not found when this journey has no such instance; conflict when it has ended */
    void end(String id, long instance) {
        requireRunning(id, instance);
        ending.end(List.of(instance));
        audit.record("journey.instance-ended", id, Map.of("instance", instance));
    }

    Instance require(String id, long instance) {
        return live.instance(instance).filter(one -> one.processId().equals(id)).orElseThrow(() -> Problem.notFound("Nobody walks '%s' as instance %d.".formatted(id, instance)));
    }

    Instance requireRunning(String id, long instance) {
        var found = require(id, instance);
        if (found.state() != EngineHistory.State.ACTIVE) {
            throw Problem.conflict("Instance %d has ended already.".formatted(instance));
        }
        return found;
    }

    /** @throws Problem not found when the customer isn't on the journey now */
    List<Long> running(String id, String customer) {
        var found = history.instancesOf(customers.knownAs(customer), INSTANCES).stream().filter(one -> one.processId().equals(id) && one.state() == EngineHistory.State.ACTIVE).map(Instance::key).toList();
        if (found.isEmpty()) {
            throw Problem.notFound("The customer '%s' isn't on the journey '%s' now.".formatted(customer, id));
        }
        return found;
    }

    /** @param wished where those at an element go on, where that isn't the element of the same id; an empty one: they stay */
    Preview preview(String id, int from, Map<String, String> wished) {
        var plan = plan(id, from, wished);
        var lines = new LinkedHashMap<Line, Long>();
        for (var group : crowd.groups(id, from)) {
            var places = group.elements().stream().map(text -> text.split("/", 2)).map(parts -> new Place(parts[0], parts[1])).toList();
            var verdict = plan.verdict(places, group.stuck(), group.known(), group.twice());
            var elements = places.stream().map(Place::id).toList();
            boolean anew = verdict.way() == Way.TAKEN_OVER && plan.beginsAnew(elements.getLast(), Objects.requireNonNull(verdict.to()));
            lines.merge(new Line(elements, verdict.way(), verdict.to(), anew ? "the wait begins anew: how long it is, is worked out by an expression or until a moment" : verdict.reason(), 0),
                    group.count(), Long::sum);
        }
        return new Preview(from, journeys.require(id).version(), lines.entrySet().stream()
                .map(entry -> new Line(entry.getKey().elements(), entry.getKey().way(), entry.getKey().to(), entry.getKey().reason(), entry.getValue()))
                .sorted((a, b) -> Long.compare(b.count(), a.count())).toList());
    }

    /** @return the task's id */
    long move(String id, int from, Map<String, String> wished, String by) {
        plan(id, from, wished);
        long last = crowd.lastKey(id, from);
        return begin(id, JourneyTask.Kind.MOVE, from, journeys.require(id).version(), null, wished, crowd.count(id, from, last), last, by);
    }

    private MovePlan plan(String id, int from, Map<String, String> wished) {
        var source = journeys.require(id, from);
        var target = journeys.require(id);
        if (from == target.version()) {
            throw Problem.invalid("from", "Version %d is the newest: customers are moved to it, not from it.".formatted(from));
        }
        var places = MovePlan.places(target);
        var here = BpmnReader.read(source.xml()).getModelElementsByType(io.camunda.zeebe.model.bpmn.instance.FlowNode.class).stream().map(node -> node.getId()).collect(Collectors.toSet());
        wished.forEach((element, to) -> {
            if (!here.contains(element)) {
                throw Problem.invalid("mapping", "Version %d has no step '%s'.".formatted(from, element));
            }
            if (!to.isBlank() && !places.containsKey(to)) {
                throw Problem.invalid("mapping", "Nobody can be set down at '%s' in version %d.".formatted(to, target.version()));
            }
        });
        return MovePlan.of(source, target, wished, journeys.definitionKey(id, from) == 0);
    }

    /** Gives one another try. @throws Problem not found when nothing of this journey is stuck so */
    void retry(String id, long incident) {
        var trouble = live.trouble(incident).filter(one -> one.processId().equals(id)).orElseThrow(() -> Problem.notFound("That is settled already."));
        join(instances.retry(trouble.key(), trouble.jobKey()));
        audit.record("journey.retried", id, Map.of("element", trouble.elementId(), "instance", trouble.instanceKey()));
    }

    /** All who are stuck at an element. @return the task's id */
    long retryAll(String id, int version, String element, String by) {
        journeys.require(id, version);
        return begin(id, JourneyTask.Kind.RETRY, version, null, element, Map.of(), crowd.countTroubles(id, version, element, Long.MAX_VALUE), live.lastTrouble(id, version, element), by);
    }

    /** @throws Problem conflict when it doesn't run */
    void stop(String id, long task) {
        if (!tasks.stop(tasks.find(id, task).orElseThrow(() -> Problem.notFound("There is no such task.")).id())) {
            throw Problem.conflict("It doesn't run any more.");
        }
        audit.record("journey.task-stopped", id, Map.of("task", task));
    }

    private long begin(String id, JourneyTask.Kind kind, @Nullable Integer version, @Nullable Integer target, @Nullable String element, Map<String, String> mapping, long total, long last,
            String by) {
        return Objects.requireNonNull(transaction.execute(status -> {
            long task = tasks.begin(id, kind, version, target, element, mapping, total, last, by);
            var detail = new HashMap<String, Object>(Map.of("task", task, "customers", total));
            if (version != null) {
                detail.put("version", version);
            }
            audit.record("journey." + Map.of(JourneyTask.Kind.CANCEL, "ended", JourneyTask.Kind.MOVE, "moved", JourneyTask.Kind.RETRY, "retried").get(kind), id, detail);
            return task;
        }));
    }

    private static void join(CompletableFuture<Void> command) {
        try {
            command.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Problem problem ? problem : e;
        }
    }
}
