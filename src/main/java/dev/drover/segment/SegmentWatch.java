package dev.drover.segment;

import dev.drover.facts.RuleNeeds;
import dev.drover.kernel.ClockMoved;
import dev.drover.kernel.Problem;
import dev.drover.rfm.ScoresChanged;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/** Decides upon customers when time has come for them, and upon nobody else. Looks at the earliest moment once a second: one entry of an index. */
@Component
@ConditionalOnProperty(name = "drover.events.enabled", matchIfMissing = true, havingValue = "true")
class SegmentWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SegmentWatch.class);
    private static final int BATCH = 500;
    private static final long LOOK_MILLIS = 1_000;
    private static final long AFTER_FAILURE_MILLIS = 10_000;

    private final Looks looks;
    private final SegmentDecider decider;
    private final RuleNeeds needs;
    private final TransactionTemplate transaction;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean running;
    private volatile Thread thread = new Thread();

    SegmentWatch(Looks looks, SegmentDecider decider, RuleNeeds needs, TransactionTemplate transaction) {
        this.looks = looks;
        this.decider = decider;
        this.needs = needs;
        this.transaction = transaction;
    }

    @EventListener
    void on(ClockMoved moved) {
        wake.release();
    }

    /** In the transaction of the scores: whoever sees them sees that there is something to decide. */
    @EventListener
    void on(ScoresChanged changed) {
        if (needs.now().reads("rfm")) {
            looks.scored(changed.run());
        }
    }

    @TransactionalEventListener(fallbackExecution = true)
    void after(ScoresChanged changed) {
        wake.release();
    }

    /** @return customers that were due */
    int decideDue() {
        return transaction.execute(tx -> {
            if (!looks.claim()) {
                return 0;
            }
            var due = looks.due(BATCH);
            if (!due.isEmpty()) {
                decider.decide(due);
            }
            return due.size();
        });
    }

    private void work() {
        long pause = LOOK_MILLIS;
        while (running) {
            try {
                wake.tryAcquire(pause, TimeUnit.MILLISECONDS);
                wake.drainPermits();
                pause = LOOK_MILLIS;
                while (running && decideDue() == BATCH) {
                    log.debug("More customers than one batch were due");
                }
            } catch (InterruptedException stop) {
                return;
            } catch (Problem notInForce) {
                pause = AFTER_FAILURE_MILLIS;
            } catch (RuntimeException e) {
                pause = AFTER_FAILURE_MILLIS;
                if (running) {
                    log.warn("Customers whose time has come can't be decided upon, trying again: {}", e.getMessage());
                }
            }
        }
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("segment-watch").daemon().start(this::work);
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
