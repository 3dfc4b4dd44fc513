package dev.drover.journey;

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
    private static final int MOST_PASSES = 30;
    /** The history is a moment behind: rest between two passes, longer the more there were. */
    private static final int LONGEST_REST_SECONDS = 5;

    private final JourneyTasks tasks;
    private final Map<JourneyTask.Kind, JourneyWork> works;

    JourneyTaskLoop(JourneyTasks tasks, List<JourneyWork> works) {
        super("journey-tasks");
        this.tasks = tasks;
        this.works = works.stream().collect(Collectors.toMap(JourneyWork::kind, Function.identity()));
    }

    void hurry() {
        ring();
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
        if (at > 0) {
            tasks.goOn(task, at, task.pass(), work.remaining(task), 0);
            return;
        }
        long remaining = work.remaining(task);
        if (remaining > tasks.leftThere(task) && task.pass() >= MOST_PASSES) {
            work.giveUp(task);
        }
        if (remaining <= tasks.leftThere(task) || task.pass() >= MOST_PASSES) {
            tasks.end(task, remaining);
        } else {
            tasks.goOn(task, 0, task.pass() + 1, remaining, Math.min(task.pass(), LONGEST_REST_SECONDS));
        }
    }
}
