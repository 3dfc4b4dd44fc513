package dev.drover.rfm;

import dev.drover.kernel.BackgroundLoop;
import dev.drover.kernel.ClockMoved;
import dev.drover.kernel.PlatformClock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Scores everybody once a day, and at a start whose last scores are older than that. Before the segments' first calculation, whose rules may ask for scores. */
@Component
@Order(25)
@ConditionalOnProperty(name = "drover.events.enabled", matchIfMissing = true, havingValue = "true")
class RfmSchedule extends BackgroundLoop implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(RfmSchedule.class);
    private static final Duration EVERY = Duration.ofHours(24);
    private static final Duration LOOK = Duration.ofMinutes(1);

    private final RfmScores scores;
    private final PlatformClock clock;
    private volatile boolean started;

    RfmSchedule(RfmScores scores, PlatformClock clock) {
        super("rfm");
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
        ring();
    }

    @Override
    protected Duration round(boolean rung) {
        if (started) {
            calculateIfDue();
        }
        return LOOK;
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
            if (goesOn()) {
                log.warn("The RFM scores can't be calculated, trying again in a minute: {}", e.getMessage());
            }
        }
    }
}
