package dev.drover.kernel;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Whole days, UTC. @param last included */
public record Period(LocalDate first, LocalDate last) {

    static final int USUAL = 30;
    private static final int MOST = 366;

    /** What is left out: the last thirty days. @throws Problem rejected for one that ends before it begins, or is longer than a year */
    public static Period of(@Nullable LocalDate from, @Nullable LocalDate to, Instant now) {
        LocalDate last = to != null ? to : now.atZone(ZoneOffset.UTC).toLocalDate();
        LocalDate first = from != null ? from : last.minusDays(USUAL - 1);
        var checks = new Checks();
        if (first.isAfter(last)) {
            checks.fail("from", "The period ends before it begins.");
        } else if (ChronoUnit.DAYS.between(first, last) >= MOST) {
            checks.fail("from", "A period is a year at most.");
        }
        checks.orThrow();
        return new Period(first, last);
    }

    /** A day as forms send it; {@code null}: nothing was said. @throws Problem rejected, naming the field */
    public static @Nullable LocalDate day(String name, @Nullable String text) {
        try {
            return text == null || text.isBlank() ? null : LocalDate.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw Problem.invalid(name, "A day is written like 2026-01-31.");
        }
    }

    public Instant from() {
        return first.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    public Instant to() {
        return last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    public int days() {
        return (int) ChronoUnit.DAYS.between(first, last) + 1;
    }
}
