package dev.drover.eventlog;

import java.util.List;
import java.util.Set;

/**
 * Reads the log in order, one customer's events never out of turn, and acts on them in the transaction that also keeps its place: an
 * effect in the database happens exactly once. An effect outside (a message to the engine) may happen again after a crash, so it needs a key.
 * Declare a bean; {@link EventConsumers} drives it.
 */
public interface EventConsumer {

    /** The lane of those who keep what is decided upon customers up to date. */
    String CUSTOMERS = "customers";

    /** Names the cursor. Never change it: a new name reads the log from its beginning. */
    String name();

    /** The names of events wanted; empty for all. May change between calls. */
    default Set<String> wanted() {
        return Set.of();
    }

    /** Whether imported history is wanted too. */
    default boolean wantsHistory() {
        return true;
    }

    /**
     * Whether events of all partitions may come in one batch, in one transaction: fewer ways to the database for who is quick. Who is slow, or has
     * an effect outside, takes them by partition, so that one that fails or lingers keeps no others waiting.
     */
    default boolean takesPartitionsTogether() {
        return false;
    }

    /** Consumers of one lane share a thread and are read in turn. Those that lock the same customers should: in two threads they would wait for one another. */
    default String lane() {
        return name();
    }

    /**
     * Acts on events, those of one partition oldest first and, unless {@link #takesPartitionsTogether}, all of one. When it throws, the whole batch is rolled back and tried again one by one; the
     * event that still fails after several tries is set aside in {@code event_setback} with the reason, and the rest go on.
     */
    void consume(List<Event> events);
}
