package dev.drover.trigger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * @param activeSince    what was before isn't acted upon
 * @param activeFrom     the same in the event log: positions up to this one were before
 * @param sweptUntil     up to when dates and silence were looked at; {@code null}: not yet
 * @param hour           how many were let through in the hour that began then
 * @param stormSince     more came than an hour may bring, so what comes is held; {@code null}: no storm
 * @param stormFedAt     when a storm last held something
 * @param triggered      how often it has acted
 */
record Trigger(long id, Definition definition, Instant activeSince, long activeFrom, @Nullable Instant sweptUntil, Hour hour, @Nullable Instant stormSince, @Nullable Instant stormFedAt,
        long triggered, @Nullable Instant lastTriggeredAt, Instant createdAt, Instant updatedAt) {

    record Hour(Instant began, int count) {}

    /** Public, as the one below: pages ask. */
    public String key() {
        return definition.key();
    }

    public boolean storms() {
        return stormSince != null;
    }
}
