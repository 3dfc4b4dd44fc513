package dev.drover.trigger;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of an action.
 *
 * @param status {@code success}, {@code failed} or {@code skipped}
 * @param result by the API's names: {@code messageId}, {@code instanceKey}, …
 */
record Outcome(String status, @Nullable String reason, Map<String, Object> result) {

    static Outcome success(Map<String, Object> result) {
        return new Outcome("success", null, result);
    }

    static Outcome failed(String reason) {
        return new Outcome("failed", reason, Map.of());
    }
}
