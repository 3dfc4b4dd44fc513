package dev.drover.delivery;

import dev.drover.kernel.PlatformClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** When a message that couldn't be sent is tried again, and when it is given up. */
@Component
class Retries {

    private static final int TRIES = 8;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(2);
    private static final int TRIES_AS_ASKED = 3;
    /** A day's quota comes back within a day. */
    private static final Duration LONGEST_ASKED = Duration.ofDays(1);

    private final PlatformClock clock;

    Retries(PlatformClock clock) {
        this.clock = clock;
    }

    /** @param attempts including the one that just failed @param after how long the provider asks us to wait; {@code null}: it doesn't say */
    Settlement later(long id, int attempts, String reason, @Nullable Duration after) {
        return attempts >= TRIES ? Settlement.failed(id, "given up after %d tries: %s".formatted(attempts, reason))
                : Settlement.again(id, reason, clock.instant().plus(pauseAfter(attempts, after)));
    }

    /** By the provider that may have it already, for another knows nothing of it and would send it twice for certain. @return {@code null}: it was tried often enough */
    @Nullable Settlement laterBySame(long id, int attempts, String reason, @Nullable String provider) {
        return attempts >= TRIES ? null : Settlement.again(id, reason, clock.instant().plus(pauseAfter(attempts, null)), provider);
    }

    /**
     * 30 s, then twice as long each time, up to two hours. A provider's own word goes before that; only after some tries a short one is
     * lengthened, else a provider that is busy for an hour and asks for a second each time would have used up all tries at once.
     */
    static Duration pauseAfter(int attempts, @Nullable Duration asked) {
        var doubled = FIRST_PAUSE.multipliedBy(1L << Math.clamp(attempts - 1, 0, 10));
        var own = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        if (asked == null) {
            return own;
        }
        var word = asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
        return attempts > TRIES_AS_ASKED && own.compareTo(word) > 0 ? own : word;
    }
}
