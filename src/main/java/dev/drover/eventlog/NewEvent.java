package dev.drover.eventlog;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event to append; see {@link Event} for the words. */
public record NewEvent(
        String id,
        String name,
        @Nullable Long customerId,
        @Nullable String anonymousId,
        Instant occurredAt,
        Event.Origin origin,
        Map<String, Object> properties) {

    /** Something that happens now to a known customer. */
    public static NewEvent live(String id, String name, long customerId, Instant occurredAt, Map<String, Object> properties) {
        return new NewEvent(id, name, customerId, null, occurredAt, Event.Origin.LIVE, properties);
    }
}
