package dev.drover.tracking;

import dev.drover.kernel.ClockMoved;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes down what came in, a few times a second, and has it decided upon. A {@code kill -9} loses what came since the last time. */
@Component
class TrackingLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TrackingLoop.class);
    private static final long EVERY_MILLIS = 200;
    /** Now and then it looks though nothing came here: another process may have died before it decided. */
    private static final int LOOK_ANYWAY = 50;

    private final HitBuffer hits;
    private final Judgement judgement;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean running;
    private volatile Thread thread = new Thread();

    TrackingLoop(HitBuffer hits, Judgement judgement) {
        this.hits = hits;
        this.judgement = judgement;
    }

    @EventListener
    void on(ClockMoved moved) {
        wake.release();
    }

    private void work() {
        boolean undecided = true;
        int rounds = 0;
        while (running) {
            try {
                wake.tryAcquire(EVERY_MILLIS, TimeUnit.MILLISECONDS);
                wake.drainPermits();
                undecided |= hits.flush() || ++rounds % LOOK_ANYWAY == 0;
                if (undecided) {
                    undecided = judgement.decide();
                }
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException e) {
                if (running) {
                    log.warn("Opens and clicks can't be written down, trying again: {}", e.toString());
                }
            }
        }
    }

    @Override
    public void start() {
        hits.open();
        running = true;
        thread = Thread.ofPlatform().name("tracking").daemon().start(this::work);
    }

    @Override
    public void stop() {
        running = false;
        wake.release();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            hits.close();
        } catch (RuntimeException e) {
            log.error("The last opens and clicks couldn't be written down", e);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the web server took its last request, before the database goes. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 3072;
    }
}
