package dev.drover.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Moves the platform's clock where that is allowed, and remembers how far, so that a restart does not fall back in time. On its way forward
 * it stops at {@link Appointments}.
 */
public class TimeMachine {

    private static final Duration FURTHEST = Duration.ofDays(366);
    /** What isn't done by then, is done after the move: whoever moves the time waits for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_MILLIS = 20;

    private static final Logger log = LoggerFactory.getLogger(TimeMachine.class);

    private final PlatformClock clock;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final ObjectProvider<Appointments> appointments;

    TimeMachine(PlatformClock clock, JdbcClient jdbc, ApplicationEventPublisher events, ObjectProvider<Appointments> appointments) {
        this.clock = clock;
        this.jdbc = jdbc;
        this.events = events;
        this.appointments = appointments;
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
        mustBeAllowed();
        var target = clock.offset().plus(by);
        stopAtAppointments(target);
        return moveTo(target);
    }

    /** Sets the time, for tests and for looking at a past: also backwards. */
    public synchronized Instant travelTo(Instant instant) {
        return move(Duration.between(clock.instant(), instant));
    }

    private void stopAtAppointments(Duration target) {
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (var next = next(target); next.isPresent() && System.nanoTime() < giveUpAt; next = next(target)) {
                moveTo(next.get());
                while (!appointments.stream().allMatch(Appointments::kept) && System.nanoTime() < giveUpAt) {
                    TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                }
            }
            if (System.nanoTime() >= giveUpAt) {
                log.warn("Time goes on although this isn't done after {} s: {}", PATIENCE.toSeconds(), appointments.stream().filter(each -> !each.kept()).map(Appointments::owner).toList());
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** The offset, in whole milliseconds as it is kept, at which the next appointment has come; empty where there is none before the target. */
    private Optional<Duration> next(Duration target) {
        Instant now = clock.instant();
        Duration offset = clock.offset();
        return appointments.stream().flatMap(each -> each.next(now, now.plus(target.minus(offset))).stream()).min(Comparator.naturalOrder())
                .map(moment -> offset.plusMillis(Duration.between(now, moment).toMillis() + 1)).filter(stop -> stop.compareTo(target) < 0);
    }

    private Instant moveTo(Duration offset) {
        return move(offset.minus(clock.offset()));
    }

    private void mustBeAllowed() {
        if (!allowed()) {
            throw Problem.notFound("The clock is the system's here and can't be moved.");
        }
    }

    /** In whole milliseconds, rounded up: what is remembered, what the engine is told and what the clock has can't drift apart then. */
    private Instant move(Duration amount) {
        mustBeAllowed();
        var by = amount.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
        jdbc.sql("UPDATE installation SET clock_offset_ms = clock_offset_ms + ?").param(by.toMillis()).update();
        clock.moveBy(by);
        var now = clock.instant();
        events.publishEvent(new ClockMoved(by, now));
        return now;
    }
}
