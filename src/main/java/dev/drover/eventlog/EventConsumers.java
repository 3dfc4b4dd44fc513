package dev.drover.eventlog;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Drives every {@link EventConsumer}: a thread each, woken by an append in this process and looking by itself every quarter of a second
 * for what other processes appended. Several instances share the partitions by their locks.
 */
@Component
public class EventConsumers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(EventConsumers.class);
    private static final long LOOK_MILLIS = 250;
    private static final long AFTER_FAILURE_MILLIS = 1_000;
    /** After the web server stops taking requests, before the engine and the database go. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 2048;

    private final ObjectProvider<EventConsumer> declared;
    private final EventCursors cursors;
    private final TransactionTemplate transaction;
    private final boolean enabled;
    private final Map<String, Semaphore> alarms = new ConcurrentHashMap<>();
    private volatile List<Thread> threads = List.of();
    private volatile boolean running;

    /** @param enabled whether this process reads the log: one that only does jobs doesn't */
    EventConsumers(ObjectProvider<EventConsumer> declared, EventCursors cursors, TransactionTemplate transaction,
            @Value("${drover.events.enabled:true}") boolean enabled) {
        this.declared = declared;
        this.cursors = cursors;
        this.transaction = transaction;
        this.enabled = enabled;
    }

    /** Tells the consumers of this process that there is news. Cheap; may be called often. */
    void wake() {
        alarms.values().forEach(alarm -> {
            if (alarm.availablePermits() == 0) {
                alarm.release();
            }
        });
    }

    /** Whether every consumer of this process has read all there is: for tests and for whoever must wait for the news to settle. */
    public boolean settled() {
        return declared.stream().allMatch(consumer -> cursors.lag(consumer.name()) == 0);
    }

    /** Events that the consumer has before it. */
    public long lag(String consumer) {
        return cursors.lag(consumer);
    }

    @Override
    public void start() {
        running = true;
        threads = !enabled ? List.of() : declared.stream().map(consumer -> {
            cursors.create(consumer.name());
            alarms.put(consumer.name(), new Semaphore(0));
            return Thread.ofPlatform().name("events-" + consumer.name()).daemon().start(() -> run(new Reading(consumer, cursors, transaction)));
        }).toList();
    }

    private void run(Reading reading) {
        Semaphore alarm = alarms.get(reading.name());
        while (running) {
            try {
                if (!reading.once(() -> running)) {
                    alarm.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                    alarm.drainPermits();
                }
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException e) {
                if (!running) {
                    return;
                }
                log.warn("Consumer {} can't read the event log, trying again: {}", reading.name(), e.toString());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(AFTER_FAILURE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
        threads.forEach(thread -> {
            try {
                alarms.values().forEach(Semaphore::release);
                thread.join(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
