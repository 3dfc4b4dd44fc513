package dev.drover.eventlog;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Drives every {@link EventConsumer}: a thread for each lane, woken by an append in this process and looking by itself every quarter of a second
 * for what other processes appended. Several instances share the partitions by their locks.
 *
 * <p>One event is read at once; of many, one after another, as many as come within a few milliseconds are read together: a pass has its price
 * whatever it finds. What was appended can't be read before every older transaction ended (see {@link EventCursors}), so who was woken in vain
 * looks again soon, and ever later.
 */
@Component
public class EventConsumers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(EventConsumers.class);
    private static final long LOOK_MILLIS = 250;
    /** From the beginning of one pass to the next. */
    private static final long BETWEEN_MILLIS = 10;
    private static final long AFTER_FAILURE_MILLIS = 1_000;
    /** After the web server stops taking requests, before the engine and the database go. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 2048;

    private final ObjectProvider<EventConsumer> declared;
    private final EventCursors cursors;
    private final TransactionTemplate transaction;
    private final boolean enabled;
    /** By lane. */
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

    /** Tells the consumers of this process that there is news for who wants such events; others pass them when they look by themselves. Cheap; may be called often. */
    void wake(Set<String> names) {
        declared.forEach(consumer -> {
            var alarm = alarms.get(consumer.lane());
            var wanted = consumer.wanted();
            if (alarm != null && (wanted.isEmpty() || !Collections.disjoint(wanted, names))) {
                ring(alarm);
            }
        });
    }

    private static void ring(Semaphore alarm) {
        if (alarm.availablePermits() == 0) {
            alarm.release();
        }
    }

    /** Whether every consumer of this process has read all there is: for tests and for whoever must wait for the news to settle. */
    public boolean settled() {
        alarms.values().forEach(EventConsumers::ring);
        return declared.stream().allMatch(consumer -> cursors.lag(consumer.name()) == 0);
    }

    /** Events that the consumer has before it. */
    public long lag(String consumer) {
        return cursors.lag(consumer);
    }

    @Override
    public void start() {
        running = true;
        if (!enabled) {
            return;
        }
        declared.forEach(consumer -> cursors.create(consumer.name()));
        threads = declared.stream().collect(Collectors.groupingBy(EventConsumer::lane, TreeMap::new, Collectors.toList())).entrySet().stream().map(lane -> {
            var alarm = new Semaphore(0);
            alarms.put(lane.getKey(), alarm);
            var readings = lane.getValue().stream().map(consumer -> new Reading(consumer, cursors, transaction)).toList();
            return Thread.ofPlatform().name("events-" + lane.getKey()).daemon().start(() -> run(readings, alarm));
        }).toList();
    }

    private void run(List<Reading> readings, Semaphore alarm) {
        long pause = BETWEEN_MILLIS;
        while (running) {
            try {
                long begun = System.nanoTime();
                boolean read = pass(readings);
                TimeUnit.NANOSECONDS.sleep(TimeUnit.MILLISECONDS.toNanos(BETWEEN_MILLIS) - (System.nanoTime() - begun));
                boolean woken = alarm.tryAcquire(read ? 0 : pause, TimeUnit.MILLISECONDS);
                alarm.drainPermits();
                pause = read || woken ? BETWEEN_MILLIS : Math.min(LOOK_MILLIS, 2 * pause);
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    /** @return whether there was anything to read */
    private boolean pass(List<Reading> readings) throws InterruptedException {
        boolean read = false;
        for (Reading reading : readings) {
            try {
                read |= reading.once(() -> running);
            } catch (RuntimeException e) {
                if (running) {
                    log.warn("Consumer {} can't read the event log, trying again: {}", reading.name(), e.toString());
                    TimeUnit.MILLISECONDS.sleep(AFTER_FAILURE_MILLIS);
                }
            }
        }
        return read;
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
