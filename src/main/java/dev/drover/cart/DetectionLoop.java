package dev.drover.cart;

import dev.drover.kernel.ClockMoved;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Looks for carts that were left, every few seconds and as soon as the clock was moved. */
@Component
@ConditionalOnProperty(name = "drover.events.enabled", matchIfMissing = true, havingValue = "true")
class DetectionLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DetectionLoop.class);
    private static final long EVERY_SECONDS = 5;

    private final Detection detection;
    private final Recoveries recoveries;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean running;
    private volatile Thread thread = new Thread();

    DetectionLoop(Detection detection, Recoveries recoveries) {
        this.detection = detection;
        this.recoveries = recoveries;
    }

    @EventListener
    void on(ClockMoved moved) {
        wake.release();
    }

    private void work() {
        while (running) {
            try {
                wake.tryAcquire(EVERY_SECONDS, TimeUnit.SECONDS);
                wake.drainPermits();
                while (running && detection.detect() == Detection.BATCH) {
                    log.debug("More carts than one batch were left");
                }
                recoveries.expire();
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException e) {
                if (running) {
                    log.warn("Abandoned carts can't be looked for, trying again: {}", e.getMessage());
                }
            }
        }
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("cart-detection").daemon().start(this::work);
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
