package dev.drover.campaign;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * When an automated campaign comes again: on these days of the week at this time. In the night in which clocks go forward over it, it comes as much
 * later as they go forward; in the one in which that hour comes twice, it comes the first time only.
 *
 * @param days  English names of days, such as {@code MONDAY}; all of them: daily
 * @param time  such as {@code 09:00}
 * @param zone  whose clock that is, such as {@code Europe/Amsterdam}
 * @param until not after this moment; {@code null}: for ever
 */
public record Recurrence(List<DayOfWeek> days, LocalTime time, ZoneId zone, @Nullable Instant until) {

    private static final int DAYS = 8;

    public Recurrence {
        days = days.stream().distinct().sorted().toList();
    }

    /** The next time after this moment; empty where there is none any more. */
    Optional<Instant> next(Instant after) {
        var day = after.atZone(zone).toLocalDate();
        for (int n = 0; n <= DAYS; n++) {
            var date = day.plusDays(n);
            Instant at = ZonedDateTime.of(date, time, zone).withEarlierOffsetAtOverlap().toInstant();
            if (days.contains(date.getDayOfWeek()) && at.isAfter(after)) {
                return until != null && at.isAfter(until) ? Optional.empty() : Optional.of(at);
            }
        }
        return Optional.empty();
    }

    /** For people to read. */
    String inWords() {
        String when = days.size() == DayOfWeek.values().length ? "every day" : "each " + days.stream().map(day -> day.name().charAt(0) + day.name().substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return "%s at %s (%s)".formatted(when, time, zone.getId());
    }
}
