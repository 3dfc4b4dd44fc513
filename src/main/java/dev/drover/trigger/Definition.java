package dev.drover.trigger;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trigger as somebody wants it, checked.
 *
 * @param conditions  as they came; {@code null}: none
 * @param delay       from the occasion to the action
 * @param reentry     of a journey; {@code null}: another action
 * @param cap         how often for one customer; {@code null}: as often as it happens
 * @param lateAfter   what is known later than so long after it happened isn't acted upon
 * @param hourlyLimit how many an hour may bring before it is taken for a storm
 */
record Definition(String key, String name, String description, Occasion occasion, @Nullable Map<String, Object> conditions, Duration delay, Action action,
        @Nullable Reentry reentry, @Nullable Cap cap, Duration lateAfter, int hourlyLimit, boolean active) {

    record Cap(int count, int days) {

        String words() {
            return "at most " + (count == 1 ? "once" : count + " times") + " in " + (days == 1 ? "a day" : days + " days");
        }
    }

    /** Whether somebody may begin a journey again. @param days of {@code AFTER} */
    record Reentry(Policy policy, int days) {

        enum Policy {
            /** Only once in a life. */
            ONCE,
            /** When so many days have passed since it began, and nobody is on it twice. */
            AFTER,
            /** Whenever it happens, also several times at once. */
            ALWAYS,
            /** Whenever who is on it has left. */
            NOT_WHILE_INSIDE;

            String key() {
                return name().toLowerCase(java.util.Locale.ROOT);
            }
        }

        Map<String, Object> json() {
            return policy == Policy.AFTER ? Map.of("policy", policy.key(), "days", days) : Map.of("policy", policy.key());
        }
    }
}
