package dev.drover.trigger;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the log.
 *
 * @param customerId {@code null}: erased, or of many customers
 * @param customer   external id
 * @param status     {@code waiting}, {@code held}, {@code running}, {@code success}, {@code failed}, {@code skipped} or {@code rate_limited}
 * @param stage      {@link #NEW}, {@link #BEGUN} or {@link #GOES}
 * @param released   a person let it through a storm
 * @param times      how many occasions share the row
 */
record Execution(long id, long triggerId, @Nullable Long customerId, @Nullable String customer, String occasion, @Nullable String eventId, Map<String, Object> event, String status,
        int stage, boolean released, @Nullable String reason, Map<String, Object> result, int times, int attempts, Instant happenedAt, Instant dueAt, @Nullable Instant decidedAt,
        @Nullable Instant executedAt, Instant createdAt) {

    /** Nothing was decided yet. */
    static final int NEW = 0;
    /** The conditions held, and the delay runs. */
    static final int BEGUN = 1;
    /** It is to be done; when it waits, it is to be tried again. */
    static final int GOES = 2;

    /** As the API and the page name them. */
    static final java.util.List<String> STATUSES = java.util.List.of("success", "failed", "skipped", "rate_limited", "waiting", "held", "running");
}
