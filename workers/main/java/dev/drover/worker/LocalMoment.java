package dev.drover.worker;

import dev.drover.kernel.Problem;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A moment as a marketer says it: "Tuesday at nine", "24 December".
 *
 * @param date {@code null}: none in particular
 * @param day  of every year; {@code null}: none in particular
 * @param time {@code null}: as soon as the day has come
 */
record LocalMoment(@Nullable LocalDate date, @Nullable MonthDay day, Set<DayOfWeek> weekdays, @Nullable LocalTime time) {

    private static final Set<DayOfWeek> WORKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    /** A leap day on one weekday comes again within 40 years, over a century's turn. */
    private static final int FAR = 40 * 366;

    static LocalMoment of(@Nullable String date, @Nullable String weekday, @Nullable String time) {
        String wanted = date == null ? "" : date.strip();
        boolean yearly = wanted.matches("(--)?\\d\\d-\\d\\d");
        return new LocalMoment(wanted.isEmpty() || yearly ? null : read("date", wanted, "a date, such as 2026-12-24 or 12-24", LocalDate::parse),
                yearly ? read("date", wanted, "a day, such as 12-24", text -> MonthDay.parse("--" + text.replaceFirst("^--", ""))) : null,
                weekdays(weekday), time == null || time.isBlank() ? null : read("time", time.strip(), "a time of day, such as 09:00", LocalTime::parse));
    }

    static ZoneId zone(String zone) {
        return read("timeZone", zone.strip(), "a time zone, such as Europe/Amsterdam", ZoneId::of);
    }

    /** @return now or later; for a date that is over, that date */
    ZonedDateTime next(ZonedDateTime now) {
        if (date != null) {
            return at(date, now);
        }
        LocalDate first = now.toLocalDate();
        for (int days = 0; days < FAR; days++) {
            LocalDate candidate = first.plusDays(days);
            if (!fits(candidate)) {
                continue;
            }
            ZonedDateTime moment = at(candidate, now);
            if (time == null && days == 0) {
                return now;
            }
            if (!moment.isBefore(now)) {
                return moment;
            }
        }
        throw Problem.invalid("weekday", "There is no such day within 40 years.");
    }

    private boolean fits(LocalDate candidate) {
        // Who was born on a leap day has their birthday on the 28th in other years.
        return (day == null || day.atYear(candidate.getYear()).equals(candidate)) && weekdays.contains(candidate.getDayOfWeek());
    }

    /** An hour that summer time leaves out is the hour after it, one that comes twice the first of the two. */
    private ZonedDateTime at(LocalDate on, ZonedDateTime now) {
        return time == null ? on.atStartOfDay(now.getZone()) : on.atTime(time).atZone(now.getZone());
    }

    private static Set<DayOfWeek> weekdays(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        var days = EnumSet.noneOf(DayOfWeek.class);
        for (String word : text.split(",")) {
            String day = word.strip().toUpperCase(Locale.ROOT);
            if (day.equals("WORKDAY")) {
                days.addAll(WORKDAYS);
            } else {
                days.add(read("weekday", day, "a weekday, such as tuesday, or workday", DayOfWeek::valueOf));
            }
        }
        return days;
    }

    private interface Reading<T> {

        T of(String text);
    }

    private static <T> T read(String input, String text, String what, Reading<T> reading) {
        try {
            return reading.of(text);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw Problem.invalid(input, "'%s' is no %s.".formatted(text.toLowerCase(Locale.ROOT), what.replaceFirst("^an? ", "")));
        }
    }
}
