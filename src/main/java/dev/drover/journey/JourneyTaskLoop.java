package dev.drover.journey;

import dev.drover.engine.Engine;
import dev.drover.kernel.BackgroundLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Does what was asked for many, some at a time, all tasks in turn. How far one is, is read from the engine's history at each pass, so that whoever takes over
 * after a crash goes on where it matters.
 */
@Component
@ConditionalOnProperty(name = "drover.events.enabled", matchIfMissing = true, havingValue = "true")
class JourneyTaskLoop extends BackgroundLoop {

    private static final Duration IDLE = Duration.ofMillis(500);
    /** Without anybody being any further. */
    private static final int MOST_PASSES = 30;
    /** The history is a moment behind, and so are jobs: rest between two passes, longer the more there were. */
    private static final int LONGEST_REST_SECONDS = 5;

    private final JourneyTasks tasks;
    private final Engine engine;
    private final Map<JourneyTask.Kind, JourneyWork> works;

    JourneyTaskLoop(JourneyTasks tasks, Engine engine, List<JourneyWork> works) {
        super("journey-tasks");
        this.tasks = tasks;
        this.engine = engine;
        this.works = works.stream().collect(Collectors.toMap(JourneyWork::kind, Function.identity()));
    }

    @Override
    protected Duration round(boolean rung) {
        var claimed = tasks.claim();
        claimed.ifPresent(this::goOn);
        return claimed.isPresent() ? Duration.ZERO : IDLE;
    }

    private void goOn(JourneyTask task) {
        var work = Objects.requireNonNull(works.get(task.kind()));
        long at = work.some(task);
        long remaining = work.remaining(task);
        if (at > 0) {
            tasks.goOn(task, at, remaining);
            return;
        }
        boolean givesUp = task.pass() >= MOST_PASSES && remaining >= task.beforePass();
        if (givesUp && remaining > tasks.leftThere(task)) {
            work.giveUp(task);
        }
        if (givesUp || remaining <= tasks.leftThere(task)) {
            tasks.end(task, remaining);
        } else {
            // While the engine is away nobody gets anywhere, which is nobody's fault.
            int pass = !engine.healthy() ? task.pass() : remaining < task.beforePass() ? Math.min(task.pass() + 1, MoveWork.SURE) : task.pass() + 1;
            tasks.again(task, pass, remaining, Math.min(pass, LONGEST_REST_SECONDS));
        }
    }
}
