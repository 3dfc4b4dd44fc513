package dev.drover.ruleset.fact;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Times as facts keep them: milliseconds since 1970, cheap by the million. What never happened is {@link #NEVER}. */
public final class Moments {

    public static final long NEVER = Long.MIN_VALUE;
    public static final long DAY = 86_400_000L;

    private Moments() {}

    public static long of(@Nullable Instant instant) {
        return instant == null ? NEVER : instant.toEpochMilli();
    }

    /** Days with a fraction; infinite for what never happened. */
    static double daysBetween(long since, long now) {
        return since == NEVER ? Double.POSITIVE_INFINITY : (now - since) / (double) DAY;
    }

    /** The day in UTC. */
    static @Nullable LocalDate day(long moment) {
        return moment == NEVER ? null : LocalDate.ofInstant(Instant.ofEpochMilli(moment), ZoneOffset.UTC);
    }

    /** An ISO date (midnight UTC) or instant; {@link #NEVER} for anything else. */
    static long parse(String text) {
        try {
            return text.length() == 10 ? LocalDate.parse(text).toEpochDay() * DAY : Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException noDate) {
            return NEVER;
        }
    }
}
