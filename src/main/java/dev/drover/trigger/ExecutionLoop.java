package dev.drover.trigger;

import dev.drover.kernel.BackgroundLoop;
import dev.drover.kernel.ClockMoved;
import dev.drover.trigger.Deciding.Going;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Decides upon what is due and does it; woken when something came, and looking by itself for what delays and other instances left. */
@Component
@ConditionalOnProperty(name = "drover.events.enabled", matchIfMissing = true, havingValue = "true")
class ExecutionLoop extends BackgroundLoop {

    private static final Duration EVERY = Duration.ofMillis(500);
    /** Until what just happened is in the facts. */
    private static final Duration SOON = Duration.ofMillis(25);
    private static final long ORPHANS_NANOS = Duration.ofSeconds(5).toNanos();

    private final Deciding deciding;
    private final Doing doing;
    private final Executions executions;
    private final Triggers triggers;
    private long orphansAt = System.nanoTime() - ORPHANS_NANOS;

    ExecutionLoop(Deciding deciding, Doing doing, Executions executions, Triggers triggers) {
        super("trigger-executions");
        this.deciding = deciding;
        this.doing = doing;
        this.executions = executions;
        this.triggers = triggers;
    }

    @EventListener
    void on(OccasionsCame came) {
        ring();
    }

    @EventListener
    void on(ClockMoved moved) {
        ring();
    }

    @Override
    protected Duration round(boolean rung) {
        if (System.nanoTime() - orphansAt >= ORPHANS_NANOS) {
            orphansAt = System.nanoTime();
            adoptOrphans();
        }
        var round = deciding.decide();
        doing.act(round.going(), false);
        return round.early() ? SOON : round.full() ? Duration.ZERO : EVERY;
    }

    private void adoptOrphans() {
        var orphans = executions.takeOver(Deciding.BATCH);
        if (!orphans.isEmpty()) {
            var known = triggers.byIds(orphans.stream().map(Execution::triggerId).collect(Collectors.toSet())).stream().collect(Collectors.toMap(Trigger::id, Function.identity()));
            List<Going> going = orphans.stream().map(execution -> new Going(known.get(execution.triggerId()), execution)).toList();
            doing.act(going, true);
        }
    }
}
