package dev.drover.kernel;

import java.time.Instant;
import java.util.Optional;

/**
 * Moments that something waits for, such as the morning until which quiet hours hold a message back. Time that is moved forward stops at
 * each of them: jumped over, from one night into another, the morning would never come.
 */
public interface Appointments {

    /** @return the next one after {@code from} and before {@code until} */
    Optional<Instant> next(Instant from, Instant until);

    /** Whether all that was to be done by now is done. */
    boolean kept();

    /** Whose they are, as a log tells that they weren't kept in time. */
    default String owner() {
        return getClass().getSimpleName();
    }
}
