package dev.drover.journey;

import dev.drover.engine.EngineCrowd;
import dev.drover.engine.EngineCrowd.Walker;
import dev.drover.engine.EngineInstances;
import dev.drover.engine.EngineLive;
import dev.drover.journey.MovePlan.Place;
import dev.drover.journey.MovePlan.Verdict;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.stereotype.Component;

/** Moves those who are on one version to the newest, each as {@link MovePlan} says. */
@Component
class MoveWork implements JourneyWork {

    private static final int AT_ONCE = 100;
    /** By then the history knows what was done before a crash: what the engine refuses now, it refuses. */
    static final int SURE = 3;

    private record Moving(Walker walker, Verdict verdict, CompletableFuture<Void> done) {}

    private record Planned(long task, MovePlan plan, long definitionKey) {}

    private final Journeys journeys;
    private final JourneyTasks tasks;
    private final EngineCrowd crowd;
    private final EngineLive live;
    private final EngineInstances instances;
    private final Crossing crossing;
    private final PlatformClock clock;
    private Planned planned = new Planned(0, null, 0);

    MoveWork(Journeys journeys, JourneyTasks tasks, EngineCrowd crowd, EngineLive live, EngineInstances instances, Crossing crossing, PlatformClock clock) {
        this.journeys = journeys;
        this.tasks = tasks;
        this.crowd = crowd;
        this.live = live;
        this.instances = instances;
        this.crossing = crossing;
        this.clock = clock;
    }

    @Override
    public JourneyTask.Kind kind() {
        return JourneyTask.Kind.MOVE;
    }

    /** Those who were taken over have arrived when they have left the crossing there. */
    @Override
    public long remaining(JourneyTask task) {
        long arriving = live.traffic(task.journeyId(), Objects.requireNonNull(task.target())).stream().filter(traffic -> traffic.elementId().equals(EngineForm.CROSSING))
                .mapToLong(EngineLive.Traffic::now).sum();
        return crowd.count(task.journeyId(), task.version(), task.lastKey()) + arriving;
    }

    @Override
    public long some(JourneyTask task) {
        var walkers = walkers(task);
        var plan = plan(task);
        var left = walkers.isEmpty() ? java.util.Set.<Long>of() : tasks.left(task, task.atKey(), walkers.getLast().key());
        var moving = new ArrayList<Moving>();
        for (Walker walker : walkers) {
            if (!left.contains(walker.key())) {
                var places = places(walker);
                var verdict = plan.plan().verdict(places, stuck(walker), walker.customerId() != null, walker.twice());
                switch (verdict.way()) {
                    case STAYS -> tasks.leave(task, walker.key(), at(walker), Objects.requireNonNull(verdict.reason()));
                    case MIGRATED -> moving.add(new Moving(walker, verdict, instances.migrate(walker.key(), plan.definitionKey(), plan.plan().mapping(places))));
                    case TAKEN_OVER -> moving.add(new Moving(walker, verdict, takeOver(plan.plan(), walker, Objects.requireNonNull(verdict.to()))));
                    case LATER -> { }
                }
            }
        }
        moving.forEach(one -> finish(task, one));
        return walkers.isEmpty() ? 0 : walkers.getLast().key();
    }

    @Override
    public void giveUp(JourneyTask task) {
        long at = 0;
        for (var walkers = walkers(task, at); !walkers.isEmpty(); walkers = walkers(task, at)) {
            at = walkers.getLast().key();
            var left = tasks.left(task, 0, at);
            walkers.stream().filter(walker -> !left.contains(walker.key())).forEach(walker -> {
                var verdict = plan(task).plan().verdict(places(walker), stuck(walker), walker.customerId() != null, walker.twice());
                tasks.leave(task, walker.key(), at(walker), verdict.reason() == null ? "went from step to step meanwhile" : verdict.reason());
            });
        }
    }

    private List<Walker> walkers(JourneyTask task) {
        return walkers(task, task.atKey());
    }

    private List<Walker> walkers(JourneyTask task, long after) {
        return crowd.walkers(task.journeyId(), Objects.requireNonNull(task.version()), after, task.lastKey(), AT_ONCE);
    }

    private Planned plan(JourneyTask task) {
        if (planned.task() != task.id()) {
            int from = Objects.requireNonNull(task.version());
            int to = Objects.requireNonNull(task.target());
            var plan = MovePlan.of(journeys.require(task.journeyId(), from), journeys.require(task.journeyId(), to), task.mapping(), journeys.definitionKey(task.journeyId(), from) == 0);
            planned = new Planned(task.id(), plan, journeys.definitionKey(task.journeyId(), to));
        }
        return planned;
    }

    private CompletableFuture<Void> takeOver(MovePlan plan, Walker walker, String to) {
        var stand = walker.stands().getLast();
        return crossing.begin(walker.key(), stand.stepKey(), to, plan.until(stand.elementId(), to, stand.enteredAt(), stand.dueAt(), clock.instant()));
    }

    private void finish(JourneyTask task, Moving one) {
        try {
            one.done().join();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof Problem problem)) {
                throw e;
            }
            if (problem.kind() == Problem.Kind.UNAVAILABLE) {
                throw problem;
            }
            // Gone on meanwhile, or moved before a crash: the next pass sees where they are. What stands in the way of a migration is said.
            if (problem.kind() == Problem.Kind.REJECTED && one.verdict().way() == MovePlan.Way.MIGRATED && task.pass() >= SURE) {
                tasks.leave(task, one.walker().key(), at(one.walker()), "the engine says: " + problem.getMessage());
            }
        }
    }

    private static List<Place> places(Walker walker) {
        return walker.stands().stream().map(stand -> new Place(stand.elementId(), stand.elementType())).toList();
    }

    private static boolean stuck(Walker walker) {
        return walker.stands().stream().anyMatch(EngineCrowd.Stand::stuck);
    }

    private static String at(Walker walker) {
        return walker.stands().isEmpty() ? "" : walker.stands().getLast().elementId();
    }
}
