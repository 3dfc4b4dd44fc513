package dev.drover.tracking;

import dev.drover.kernel.BackgroundLoop;
import dev.drover.kernel.ClockMoved;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes down what came in, a few times a second, and has it decided upon. A {@code kill -9} loses what came since the last time. */
@Component
class TrackingLoop extends BackgroundLoop {

    private static final Logger log = LoggerFactory.getLogger(TrackingLoop.class);
    private static final Duration EVERY = Duration.ofMillis(200);
    /** Now and then it looks though nothing came here: another process may have died before it decided. */
    private static final int LOOK_ANYWAY = 50;
    /** Ends after the web server took its last request, before the database goes. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 3072;

    private final HitBuffer hits;
    private final Judgement judgement;
    private boolean undecided = true;
    private int rounds;

    TrackingLoop(HitBuffer hits, Judgement judgement) {
        super("tracking", PHASE);
        this.hits = hits;
        this.judgement = judgement;
    }

    @EventListener
    void on(ClockMoved moved) {
        ring();
    }

    @Override
    protected void beginning() {
        hits.open();
    }

    @Override
    protected Duration round(boolean rung) {
        try {
            undecided |= hits.flush() || ++rounds % LOOK_ANYWAY == 0;
            if (undecided) {
                undecided = judgement.decide();
            }
        } catch (RuntimeException e) {
            if (goesOn()) {
                log.warn("Opens and clicks can't be written down, trying again: {}", e.toString());
            }
        }
        return EVERY;
    }

    @Override
    protected void ended() {
        try {
            hits.close();
        } catch (RuntimeException e) {
            log.error("The last opens and clicks couldn't be written down", e);
        }
    }
}
