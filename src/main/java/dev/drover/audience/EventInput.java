package dev.drover.audience;

import dev.drover.kernel.Checks;
import dev.drover.kernel.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as the shop tells it.
 *
 * @param eventId     the shop's own id: a repeat is absorbed
 * @param customerId  external id; {@code null} with an {@code anonymousId}
 * @param occurredAt  {@code null}: now
 */
public record EventInput(@Nullable String eventId, @Nullable String name, @Nullable String customerId, @Nullable String anonymousId,
        @Nullable Instant occurredAt, @Nullable Map<String, Object> properties) {

    private static final int MOST_PROPERTIES = 131_072;

    Map<String, Object> propertiesOrNone() {
        return properties == null ? Map.of() : properties;
    }

    public List<Problem.FieldError> problems(Instant now) {
        var checks = new Checks()
                .required("eventId", eventId).atMost("eventId", eventId, 200)
                .required("name", name)
                .atMost("customerId", customerId, 200).atMost("anonymousId", anonymousId, 200)
                .instant("occurredAt", occurredAt, now);
        if (name != null && !name.matches("[A-Za-z0-9_][A-Za-z0-9_.:-]{0,99}")) {
            checks.fail("name", "An event's name is letters, digits, dots, dashes and underscores, at most 100, such as cart.updated.");
        }
        if (customerId == null && anonymousId == null) {
            checks.fail("customerId", "Either customerId or anonymousId says who it was.");
        }
        checks.json("properties", properties, MOST_PROPERTIES);
        KnownEvents.check(this, checks, now);
        return checks.errors();
    }
}
