package dev.drover.delivery;

import dev.drover.kernel.ClockMoved;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Wakes this process's dispatcher as soon as there is something to send. */
@Component
class DispatchAlarm {

    private final Semaphore bell = new Semaphore(0);

    void ring() {
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    @EventListener
    void on(ClockMoved moved) {
        ring();
    }

    void ringAfterCommit() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            ring();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                ring();
            }
        });
    }

    void await(long millis) throws InterruptedException {
        bell.tryAcquire(millis, TimeUnit.MILLISECONDS);
        bell.drainPermits();
    }
}
