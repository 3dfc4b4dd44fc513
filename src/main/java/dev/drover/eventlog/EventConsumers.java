package dev.drover.eventlog;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
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
    private volatile List<Lane> lanes = List.of();
    private volatile List<Thread> threads = List.of();
    private volatile boolean running;

    /** Consumers that share a thread. What they want is kept here, so that whoever appends need not ask them. */
    private static final class Lane {

        private final List<EventConsumer> consumers;
        private final List<Reading> readings;
        private final Semaphore alarm = new Semaphore(0);
        /** Empty: everything. */
        private volatile Set<String> wanted = Set.of();

        Lane(List<EventConsumer> consumers, List<Reading> readings) {
            this.consumers = consumers;
            this.readings = readings;
        }

        void ask() {
            var names = consumers.stream().map(EventConsumer::wanted).toList();
            wanted = names.stream().anyMatch(Set::isEmpty) ? Set.of() : names.stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
        }

        void ring() {
            if (alarm.availablePermits() == 0) {
                alarm.release();
            }
        }
    }

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
        for (Lane lane : lanes) {
            if (lane.wanted.isEmpty() || !Collections.disjoint(lane.wanted, names)) {
                lane.ring();
            }
        }
    }

    /** Whether every consumer of this process has read all there is: for tests and for whoever must wait for the news to settle. */
    public boolean settled() {
        lanes.forEach(Lane::ring);
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
        var byLane = declared.stream().collect(Collectors.groupingBy(EventConsumer::lane, TreeMap::new, Collectors.toList()));
        lanes = byLane.values().stream().map(consumers -> new Lane(consumers, consumers.stream().map(consumer -> new Reading(consumer, cursors, transaction)).toList())).toList();
        threads = lanes.stream().map(lane -> Thread.ofPlatform().name("events-" + lane.consumers.getFirst().lane()).daemon().start(() -> run(lane))).toList();
    }

    private void run(Lane lane) {
        long pause = BETWEEN_MILLIS;
        while (running) {
            try {
                long begun = System.nanoTime();
                boolean read = pass(lane);
                TimeUnit.NANOSECONDS.sleep(TimeUnit.MILLISECONDS.toNanos(BETWEEN_MILLIS) - (System.nanoTime() - begun));
                boolean woken = lane.alarm.tryAcquire(read ? 0 : pause, TimeUnit.MILLISECONDS);
                lane.alarm.drainPermits();
                pause = read || woken ? BETWEEN_MILLIS : Math.min(LOOK_MILLIS, 2 * pause);
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    /** @return whether there was anything to read */
    private boolean pass(Lane lane) throws InterruptedException {
        boolean read = false;
        for (Reading reading : lane.readings) {
            try {
                read |= reading.once(() -> running);
            } catch (RuntimeException e) {
                if (running) {
                    log.warn("Consumer {} can't read the event log, trying again: {}", reading.name(), e.toString());
                    TimeUnit.MILLISECONDS.sleep(AFTER_FAILURE_MILLIS);
                }
            }
        }
        try {
            lane.ask();
        } catch (RuntimeException e) {
            log.warn("What consumers want can't be asked, trying again: {}", e.toString());
        }
        return read;
    }

    @Override
    public void stop() {
        running = false;
        threads.forEach(thread -> {
            try {
                lanes.forEach(Lane::ring);
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
