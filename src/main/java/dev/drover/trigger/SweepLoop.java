package dev.drover.trigger;

import dev.drover.kernel.BackgroundLoop;
import dev.drover.kernel.ClockMoved;
import dev.drover.kernel.PlatformClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Looks for dates that have come and for silence, when it may be time, after the clock was moved and after a trigger was changed. */
@Component
@ConditionalOnProperty(name = "drover.events.enabled", matchIfMissing = true, havingValue = "true")
class SweepLoop extends BackgroundLoop {

    private static final Duration EVERY = Duration.ofSeconds(10);

    private final ActiveTriggers triggers;
    private final Triggers rows;
    private final Dates dates;
    private final Silence silence;
    private final Storms storms;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher news;
    private final PlatformClock clock;
    private final AtomicLong moved = new AtomicLong();
    private volatile long seen;

    SweepLoop(ActiveTriggers triggers, Triggers rows, Dates dates, Silence silence, Storms storms, TransactionTemplate transaction, ApplicationEventPublisher news, PlatformClock clock) {
        super("trigger-sweep");
        this.triggers = triggers;
        this.rows = rows;
        this.dates = dates;
        this.silence = silence;
        this.storms = storms;
        this.transaction = transaction;
        this.news = news;
        this.clock = clock;
    }

    @EventListener
    void on(ClockMoved clock) {
        moved.incrementAndGet();
        ring();
    }

    /** Whether it has looked since the clock was moved. */
    boolean isUpToDate() {
        return seen == moved.get();
    }

    @EventListener
    void on(TriggersChanged changed) {
        ring();
    }

    @Override
    protected Duration round(boolean rung) {
        long before = moved.get();
        storms.calm();
        triggers.refresh();
        int found = 0;
        for (Trigger trigger : triggers.all()) {
            found += sweep(trigger, rung);
        }
        if (found > 0) {
            news.publishEvent(new OccasionsCame());
        }
        seen = before;
        return EVERY;
    }

    private int sweep(Trigger trigger, boolean rung) {
        Instant now = clock.instant();
        return switch (trigger.definition().occasion()) {
            case Occasion.OnDate date when rung || Dates.isTime(trigger, now) -> found(trigger, now, () -> dates.sweep(trigger));
            case Occasion.Inactivity inactivity when rung || Silence.isTime(trigger, now) -> found(trigger, now, () -> silence.sweep(trigger));
            default -> 0;
        };
    }

    private int found(Trigger trigger, Instant now, IntSupplier sweep) {
        return Objects.requireNonNull(transaction.execute(status -> {
            int found = sweep.getAsInt();
            rows.swept(trigger.id(), now);
            return found;
        }));
    }
}
