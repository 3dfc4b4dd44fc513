package dev.drover.eventlog;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, as the log keeps it.
 *
 * @param position    the row's number; unique, but not the order of reading
 * @param id          the caller's id, unique in the log: a repeat is absorbed
 * @param name        what happened, such as {@code cart.updated}; ours and the shop's alike
 * @param customerId  the customer's internal id, {@code null} for somebody unknown
 * @param anonymousId a shop's session, where the customer is unknown
 * @param occurredAt  when it happened, by whoever told us
 * @param recordedAt  when we wrote it down, by the platform's clock
 * @param origin      where it comes from: {@code live} things start journeys, {@code import}ed history does not
 */
public record Event(
        long position,
        String id,
        String name,
        @Nullable Long customerId,
        @Nullable String anonymousId,
        Instant occurredAt,
        Instant recordedAt,
        Origin origin,
        Map<String, Object> properties) {

    public enum Origin {
        LIVE, IMPORT
    }

    /** @return the property as text, or {@code null} */
    public @Nullable String text(String property) {
        Object value = properties.get(property);
        return value == null ? null : value.toString();
    }
}
