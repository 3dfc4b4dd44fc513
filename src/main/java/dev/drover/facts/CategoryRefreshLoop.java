package dev.drover.facts;

import dev.drover.audience.ProductsRecategorised;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Does in the background what {@link CategoryRefresh} has to do: a category that changes may have a million buyers. */
@Component
@ConditionalOnProperty(name = "drover.events.enabled", matchIfMissing = true, havingValue = "true")
class CategoryRefreshLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(CategoryRefreshLoop.class);
    private static final long LOOK_SECONDS = 30;

    private final CategoryRefresh refresh;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean running;
    private volatile Thread thread = new Thread();

    CategoryRefreshLoop(CategoryRefresh refresh) {
        this.refresh = refresh;
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(ProductsRecategorised changed) {
        wake.release();
    }

    private void work() {
        while (running) {
            try {
                wake.tryAcquire(LOOK_SECONDS, TimeUnit.SECONDS);
                wake.drainPermits();
                while (running && refresh.refreshOne()) {
                    log.debug("The buyers of a product are summed up again");
                }
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException e) {
                if (running) {
                    log.warn("Buyers can't be summed up again, trying again: {}", e.getMessage());
                }
            }
        }
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("category-refresh").daemon().start(this::work);
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
