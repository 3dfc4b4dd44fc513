package dev.drover.eventlog;

import dev.drover.kernel.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** One consumer at work on the partitions that no other instance holds. Used by one thread. */
class Reading {

    private static final Logger log = LoggerFactory.getLogger(Reading.class);
    private static final int BATCH = 500;
    private static final int TRIES = 5;
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * A batch failed: its events are taken one at a time, so that the bad one is alone when it fails again.
     *
     * @param left  of that batch's events, how many may still be before us
     * @param tries in vain with the event that is next
     * @param until by {@link System#nanoTime}, when the partition is looked at again; the others go on meanwhile
     */
    private record Trouble(int left, int tries, long until) {

        boolean rests() {
            return System.nanoTime() - until < 0;
        }
    }

    private final EventConsumer consumer;
    private final EventCursors cursors;
    private final TransactionTemplate transaction;
    private final Map<Integer, Trouble> troubles = new HashMap<>();

    Reading(EventConsumer consumer, EventCursors cursors, TransactionTemplate transaction) {
        this.consumer = consumer;
        this.cursors = cursors;
        this.transaction = transaction;
    }

    String name() {
        return consumer.name();
    }

    /**
     * Goes over every partition with news once. One that fails doesn't keep the others waiting.
     *
     * @return whether there was anything to read
     */
    boolean once(BooleanSupplier goOn) {
        if (troubles.isEmpty()) {
            try {
                var read = readTogether();
                if (read.isPresent()) {
                    return read.get();
                }
            } catch (RuntimeException e) {
                log.debug("Consumer {} failed, going by partition to find where: {}", consumer.name(), e.toString());
            }
        }
        return byPartition(goOn);
    }

    private boolean byPartition(BooleanSupplier goOn) {
        boolean read = false;
        for (int partition : cursors.partitionsWithNews(consumer.name())) {
            var trouble = troubles.get(partition);
            if (!goOn.getAsBoolean()) {
                return false;
            }
            if (trouble != null && trouble.rests()) {
                continue;
            }
            try {
                read |= trouble == null ? readBatch(partition, BATCH) : readOneByOne(partition, trouble);
            } catch (RuntimeException e) {
                afterFailure(partition, e);
            }
        }
        return read;
    }

    private boolean readOneByOne(int partition, Trouble trouble) {
        for (int left = trouble.left(); left > 0 && readBatch(partition, 1); left--) {
            troubles.put(partition, new Trouble(left - 1, 0, System.nanoTime()));
        }
        troubles.remove(partition);
        return true;
    }

    private void afterFailure(int partition, RuntimeException e) {
        long later = System.nanoTime() + REST_NANOS;
        var before = troubles.getOrDefault(partition, new Trouble(0, 0, later));
        if (passes(e)) {
            log.warn("Consumer {} waits at partition {}: {}", consumer.name(), partition, e.toString());
            troubles.put(partition, new Trouble(Math.max(1, before.left()), before.tries(), later));
        } else if (before.left() == 0) {
            log.warn("Consumer {} failed on partition {}, trying its events one by one: {}", consumer.name(), partition, e.toString());
            troubles.put(partition, new Trouble(BATCH, 0, System.nanoTime()));
        } else if (before.tries() + 1 < TRIES) {
            log.warn("Consumer {} failed on partition {} (try {} of {}): {}", consumer.name(), partition, before.tries() + 1, TRIES, e.toString());
            troubles.put(partition, new Trouble(before.left(), before.tries() + 1, later));
        } else {
            setAside(partition, e);
            troubles.put(partition, new Trouble(before.left() - 1, 0, System.nanoTime()));
        }
    }

    /** Something we depend on is away: no event is to blame, and all wait until it is back. */
    private static boolean passes(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem && problem.kind() == Problem.Kind.UNAVAILABLE || cause instanceof TransientDataAccessException
                    || cause instanceof DataAccessResourceFailureException || cause instanceof CannotCreateTransactionException) {
                return true;
            }
        }
        return false;
    }

    private boolean readBatch(int partition, int limit) {
        return Boolean.TRUE.equals(transaction.execute(tx -> {
            var cursor = cursors.claim(consumer.name(), partition);
            if (cursor.isEmpty()) {
                return false;
            }
            var batch = cursors.read(partition, cursor.get(), limit);
            if (batch.end().isEmpty()) {
                return false;
            }
            var wanted = wanted(batch.events());
            if (!wanted.isEmpty()) {
                consumer.consume(wanted);
            }
            cursors.advance(consumer.name(), partition, batch.end().get());
            return true;
        }));
    }

    /** @return whether there was anything; empty: there is something that this consumer takes by partition. What it doesn't want at all is passed in one go */
    private Optional<Boolean> readTogether() {
        return Objects.requireNonNull(transaction.execute(tx -> {
            var batches = cursors.readAll(consumer.name(), cursors.claimAll(consumer.name()), BATCH);
            if (batches.events().isEmpty()) {
                return Optional.of(false);
            }
            var wanted = wanted(batches.events());
            if (!wanted.isEmpty() && !consumer.takesPartitionsTogether()) {
                return Optional.empty();
            }
            if (!wanted.isEmpty()) {
                consumer.consume(wanted);
            }
            cursors.advanceAll(consumer.name(), batches.ends());
            return Optional.of(true);
        }));
    }

    private List<Event> wanted(List<Event> events) {
        var names = consumer.wanted();
        return events.stream()
                .filter(event -> names.isEmpty() || names.contains(event.name()))
                .filter(event -> consumer.wantsHistory() || event.origin() == Event.Origin.LIVE)
                .toList();
    }

    private void setAside(int partition, Exception reason) {
        transaction.executeWithoutResult(tx -> cursors.claim(consumer.name(), partition).ifPresent(cursor -> {
            var batch = cursors.read(partition, cursor, 1);
            batch.end().ifPresent(end -> {
                var event = batch.events().getFirst();
                cursors.setAside(consumer.name(), event, reason);
                cursors.advance(consumer.name(), partition, end);
                log.error("Consumer {} set event {} aside after {} tries; see table event_setback", consumer.name(), event.id(), TRIES, reason);
            });
        }));
    }
}
