package dev.drover.delivery.throughput;

import java.time.Duration;
import java.time.Instant;

/**
 * A rate: filled by so many a second, holds a second's worth, at least one. Of this process alone and forgotten with it. By the platform's
 * clock; time that jumps fills it. Not thread-safe.
 */
final class Bucket {

    private final double perSecond;
    private final double most;
    private double tokens;
    private Instant at;
    /** Behind the last one that was told its turn. */
    private Instant end;

    Bucket(double perSecond, Instant now) {
        this.perSecond = perSecond;
        this.most = Math.max(1, perSecond);
        this.tokens = most;
        this.at = now;
        this.end = now;
    }

    double perSecond() {
        return perSecond;
    }

    /** @param urgent may overdraw by as much as it holds: bulk waits for it then */
    int room(Instant now, boolean urgent) {
        fill(now);
        return (int) Math.floor(Math.max(0, tokens + (urgent ? most : 0)) + 1e-9);
    }

    void take() {
        tokens -= 1;
    }

    /** When one that isn't let through now would be; bulk each time a little later, so that they don't all come again at once. */
    Instant turn(Instant now, boolean urgent) {
        var soonest = now.plusNanos((long) (Math.max(0, 1 - tokens) / perSecond * 1e9));
        if (urgent) {
            return soonest;
        }
        end = end.isBefore(soonest) ? soonest : end.plusNanos((long) (1e9 / perSecond));
        return end;
    }

    private void fill(Instant now) {
        // Time that is set back fills nothing.
        var passed = Duration.between(at, now);
        if (passed.isNegative()) {
            end = now;
        } else {
            tokens = Math.min(most, tokens + passed.toMillis() / 1_000.0 * perSecond);
        }
        // What is less than a millisecond is kept for the next time.
        at = passed.isNegative() ? now : at.plusMillis(passed.toMillis());
    }
}
