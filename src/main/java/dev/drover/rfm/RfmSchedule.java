package dev.drover.rfm;

import dev.drover.kernel.ClockMoved;
import dev.drover.kernel.PlatformClock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Scores everybody once a day, and at a start whose last scores are older than that. Before the segments' first calculation, whose rules may ask for scores. */
@Component
@Order(25)
@ConditionalOnProperty(name = "drover.events.enabled", matchIfMissing = true, havingValue = "true")
class RfmSchedule implements ApplicationRunner, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RfmSchedule.class);
    private static final Duration EVERY = Duration.ofHours(24);
    private static final long LOOK_SECONDS = 60;

    private final RfmScores scores;
    private final PlatformClock clock;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean started;
    private volatile boolean running;
    private volatile Thread thread = new Thread();

    RfmSchedule(RfmScores scores, PlatformClock clock) {
        this.scores = scores;
        this.clock = clock;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        calculateIfDue();
        started = true;
    }

    @EventListener
    void on(ClockMoved moved) {
        wake.release();
    }

    private void work() {
        while (running) {
            try {
                wake.tryAcquire(LOOK_SECONDS, TimeUnit.SECONDS);
                wake.drainPermits();
                if (started && running) {
                    calculateIfDue();
                }
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    private void calculateIfDue() {
        try {
            var now = clock.instant();
            // A clock that was set back counts as due, too.
            if (scores.last().filter(last -> last.endedAt().isAfter(now.minus(EVERY)) && !last.endedAt().isAfter(now)).isEmpty()) {
                var run = scores.calculate();
                log.info("RFM: {} customers scored, {} changed, in {} ms", run.customers(), run.changed(), run.millis());
            }
        } catch (RuntimeException e) {
            if (running) {
                log.warn("The RFM scores can't be calculated, trying again in a minute: {}", e.getMessage());
            }
        }
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("rfm").daemon().start(this::work);
    }

    @Override
    public void stop() {
        running = false;
        thread.interrupt();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** With the consumers of the event log: before the database goes. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 2048;
    }
}
