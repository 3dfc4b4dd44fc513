package dev.drover.kernel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The platform's time, UTC. Everything that asks for the time asks this clock, so that demo and tests can move it; the engine follows.
 * Thread-safe.
 */
public final class PlatformClock extends Clock {

    private final Clock base;
    private final boolean controllable;
    private final AtomicReference<Duration> offset;

    public PlatformClock(Clock base, boolean controllable, Duration offset) {
        this.base = base;
        this.controllable = controllable;
        this.offset = new AtomicReference<>(offset);
    }

    public boolean controllable() {
        return controllable;
    }

    /** How far this clock is ahead of the machine's (negative: behind). */
    public Duration offset() {
        return offset.get();
    }

    void moveBy(Duration by) {
        offset.updateAndGet(now -> now.plus(by));
    }

    @Override
    public Instant instant() {
        return base.instant().plus(offset.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("The platform's clock is UTC; convert the instant instead.");
    }
}
