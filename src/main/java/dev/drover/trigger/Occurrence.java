package dev.drover.trigger;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An occasion that came for a customer.
 *
 * @param key        tells it from all others of this trigger; holds no word of the shop's but an event's id
 * @param event      what the event tells; {@code null}: none made it
 * @param happenedAt by whoever told us
 * @param dueAt      when it is decided upon
 */
record Occurrence(long triggerId, long customerId, String key, @Nullable String eventId, @Nullable Map<String, Object> event, Instant happenedAt, Instant dueAt) {}
