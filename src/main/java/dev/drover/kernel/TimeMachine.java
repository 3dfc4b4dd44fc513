package dev.drover.kernel;

import java.time.Duration;
import java.time.Instant;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Moves the platform's clock where that is allowed, and remembers how far, so that a restart does not fall back in time. */
public class TimeMachine {

    private static final Duration FURTHEST = Duration.ofDays(366);

    private final PlatformClock clock;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    TimeMachine(PlatformClock clock, JdbcClient jdbc, ApplicationEventPublisher events) {
        this.clock = clock;
        this.jdbc = jdbc;
        this.events = events;
    }

    public boolean allowed() {
        return clock.controllable();
    }

    /**
     * Moves the time forward.
     *
     * @param by more than zero, at most 366 days
     * @return the new time
     * @throws Problem not found where the clock is the system's, rejected for another amount
     */
    public synchronized Instant advance(Duration by) {
        if (by.isNegative() || by.isZero() || by.compareTo(FURTHEST) > 0) {
            throw Problem.invalid("by", "Time moves forward by more than nothing and at most 366 days, for example PT24H.");
        }
        return move(by);
    }

    /** Sets the time, for tests and for looking at a past: also backwards. */
    public synchronized Instant travelTo(Instant instant) {
        return move(Duration.between(clock.instant(), instant));
    }

    private Instant move(Duration by) {
        if (!allowed()) {
            throw Problem.notFound("The clock is the system's here and can't be moved.");
        }
        jdbc.sql("UPDATE installation SET clock_offset_ms = clock_offset_ms + ?").param(by.toMillis()).update();
        clock.moveBy(by);
        var now = clock.instant();
        events.publishEvent(new ClockMoved(by, now));
        return now;
    }
}
