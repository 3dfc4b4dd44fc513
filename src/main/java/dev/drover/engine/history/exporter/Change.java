package dev.drover.engine.history.exporter;

/** What one record of the engine's log means to the history. {@code position}: the record's; {@code at}: milliseconds since 1970, the engine's clock. */
sealed interface Change {

    long position();

    /** @param version 0 where the record doesn't say */
    record Definition(long key, String processId, int version) {}

    record Started(long position, long at, long instance, Definition definition, long parent) implements Change {}

    record Ended(long position, long at, long instance, Definition definition, boolean cancelled) implements Change {}

    record Named(long position, long at, long instance, Definition definition, String customerId) implements Change {}

    record Entered(long position, long at, long step, long instance, Definition definition, String elementId, String type) implements Change {}

    record Left(long position, long at, long step, Definition definition, String elementId, String type, boolean cancelled) implements Change {}

    record Due(long position, long step, long dueAt) implements Change {}

    /** The instance, or one of its steps, now belongs to another version; {@code elementId} is the one there. */
    record Migrated(long position, long at, long key, Definition definition, String elementId, String type, boolean isInstance) implements Change {}

    /** @param job -1 where no job of the step has given up */
    record Troubled(long position, long at, long incident, long instance, long step, Definition definition, String elementId, String errorType,
            String message, long job) implements Change {}

    record Settled(long position, long at, long incident) implements Change {}
}
