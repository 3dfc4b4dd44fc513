package dev.drover.trigger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An execution as the API tells it. @param times how many occasions share the line; those that were let through never do */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExecutionView(String id, String trigger, @Nullable String customerId, String status, @Nullable String reason, @Nullable String eventId, Map<String, Object> event,
        Map<String, Object> result, int times, int attempts, Instant happenedAt, @Nullable Instant dueAt, @Nullable Instant executedAt, Instant createdAt) {

    static ExecutionView of(Execution execution, String trigger) {
        return new ExecutionView(Long.toString(execution.id()), trigger, execution.customer(), execution.status(), execution.reason(), execution.eventId(), execution.event(),
                execution.result(), execution.times(), execution.attempts(), execution.happenedAt(), execution.status().equals("waiting") ? execution.dueAt() : null,
                execution.executedAt(), execution.createdAt());
    }
}
