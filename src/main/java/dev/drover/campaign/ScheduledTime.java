package dev.drover.campaign;

import dev.drover.kernel.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Reads when something is to begin: a moment with its zone, or what a clock in some place shows then. */
final class ScheduledTime {

    /** Where the day begins first; there a campaign by each customer's own clock is begun. */
    static final ZoneId EARLIEST = ZoneId.of("Etc/GMT-14");
    /** Its clocks are so far ahead. */
    static final Duration AHEAD_OF_UTC = Duration.ofHours(14);

    /** Later than any plan; a database knows no year of nine digits. */
    private static final int LAST_YEAR = 2200;

    private ScheduledTime() {}

    /** When the first clocks of the world show this; an offset isn't looked at. */
    static Instant earliest(String field, String text) {
        try {
            return planned(field, OffsetDateTime.parse(text.strip()).toLocalDateTime()).atZone(EARLIEST).toInstant();
        } catch (DateTimeException withoutOffset) {
            return local(field, text.strip(), EARLIEST);
        }
    }

    /**
     * Of an hour that comes twice when clocks go back the first is taken.
     *
     * @param text ISO 8601, with an offset or without
     * @param zone whose clock a time without an offset is read from; {@code null}: UTC
     * @throws Problem rejected, naming the field (of a zone for {@code scheduledAt}: {@code timeZone}), for what can't be read, and for a time that the clocks there skip
     */
    static Instant of(String field, String text, @Nullable String zone) {
        try {
            var at = OffsetDateTime.parse(text.strip());
            planned(field, at.toLocalDateTime());
            return at.toInstant();
        } catch (DateTimeException withoutOffset) {
            return local(field, text.strip(), zone(field.equals("scheduledAt") ? "timeZone" : field, zone));
        }
    }

    private static Instant local(String field, String text, ZoneId zone) {
        LocalDateTime local;
        try {
            local = planned(field, LocalDateTime.parse(text));
        } catch (DateTimeException unreadable) {
            throw Problem.invalid(field, "'%s' is no time such as 2026-12-01T09:00 or 2026-12-01T09:00:00+01:00.".formatted(text));
        }
        if (zone.getRules().getValidOffsets(local).isEmpty()) {
            var gap = zone.getRules().getTransition(local);
            throw Problem.invalid(field, "There is no %s in %s: the clocks go from %s to %s that night. Choose another hour."
                    .formatted(local.toLocalTime(), zone.getId(), gap.getDateTimeBefore().toLocalTime(), gap.getDateTimeAfter().toLocalTime()));
        }
        return local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    private static LocalDateTime planned(String field, LocalDateTime at) {
        if (at.getYear() < 1970 || at.getYear() > LAST_YEAR) {
            throw Problem.invalid(field, "The year %d can only be a slip: choose a time before %d.".formatted(at.getYear(), LAST_YEAR + 1));
        }
        return at;
    }

    private static ZoneId zone(String field, @Nullable String zone) {
        try {
            return zone == null || zone.isBlank() ? ZoneId.of("UTC") : ZoneId.of(zone.strip());
        } catch (DateTimeException unknown) {
            throw Problem.invalid(field, "'%s' is no time zone, such as Europe/Amsterdam.".formatted(zone));
        }
    }
}
