package dev.drover.eventlog;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
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
    private static final int BATCH = 500;
    private static final int TRIES = 5;
    private static final long LOOK_MILLIS = 250;
    /** After the web server stops taking requests, before the engine and the database go. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 2048;

    private final ObjectProvider<EventConsumer> declared;
    private final EventCursors cursors;
    private final TransactionTemplate transaction;
    private final Map<String, Semaphore> alarms = new ConcurrentHashMap<>();
    private final Map<String, Integer> tries = new ConcurrentHashMap<>();
    private volatile List<Thread> threads = List.of();
    private volatile boolean running;

    EventConsumers(ObjectProvider<EventConsumer> declared, EventCursors cursors, TransactionTemplate transaction) {
        this.declared = declared;
        this.cursors = cursors;
        this.transaction = transaction;
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
        threads = declared.stream().map(consumer -> {
            cursors.create(consumer.name());
            alarms.put(consumer.name(), new Semaphore(0));
            return Thread.ofPlatform().name("events-" + consumer.name()).daemon().start(() -> run(consumer));
        }).toList();
    }

    private void run(EventConsumer consumer) {
        Semaphore alarm = alarms.get(consumer.name());
        while (running) {
            try {
                if (!consumeOnce(consumer)) {
                    alarm.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                    alarm.drainPermits();
                }
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException e) {
                if (!running) {
                    return;
                }
                log.warn("Consumer {} can't read the event log, trying again: {}", consumer.name(), e.toString());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether there was anything to read */
    private boolean consumeOnce(EventConsumer consumer) {
        boolean any = false;
        for (int partition : cursors.partitionsWithNews(consumer.name())) {
            if (!running) {
                return false;
            }
            any |= consumePartition(consumer, partition);
        }
        return any;
    }

    private boolean consumePartition(EventConsumer consumer, int partition) {
        String key = consumer.name() + "/" + partition;
        try {
            // After a failure one event at a time, so that the bad one is alone when it fails again.
            boolean read = consumeBatch(consumer, partition, tries.containsKey(key) ? 1 : BATCH);
            tries.remove(key);
            return read;
        } catch (RuntimeException e) {
            int failed = tries.merge(key, 1, Integer::sum);
            log.warn("Consumer {} failed on partition {} (try {} of {})", consumer.name(), partition, failed, TRIES, e);
            if (failed >= TRIES) {
                setAside(consumer, partition, e);
                tries.remove(key);
            } else {
                pause();
            }
            return true;
        }
    }

    private boolean consumeBatch(EventConsumer consumer, int partition, int limit) {
        return Boolean.TRUE.equals(transaction.execute(tx -> {
            var cursor = cursors.claim(consumer.name(), partition);
            if (cursor.isEmpty()) {
                return false;
            }
            var batch = cursors.read(partition, cursor.get(), limit);
            if (batch.end().isEmpty()) {
                return false;
            }
            var names = consumer.wanted();
            var wanted = batch.events().stream()
                    .filter(event -> names.isEmpty() || names.contains(event.name()))
                    .filter(event -> consumer.wantsHistory() || event.origin() == Event.Origin.LIVE)
                    .toList();
            if (!wanted.isEmpty()) {
                consumer.consume(wanted);
            }
            cursors.advance(consumer.name(), partition, batch.end().get());
            return true;
        }));
    }

    private void setAside(EventConsumer consumer, int partition, Exception reason) {
        transaction.executeWithoutResult(tx -> cursors.claim(consumer.name(), partition).ifPresent(cursor -> {
            var batch = cursors.read(partition, cursor, 1);
            batch.end().ifPresent(end -> {
                var event = batch.events().getFirst();
                cursors.setAside(consumer.name(), event, reason);
                cursors.advance(consumer.name(), partition, end);
                log.error("Consumer {} set event {} aside after {} tries; see table event_setback", consumer.name(), event.id(), TRIES);
            });
        }));
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
