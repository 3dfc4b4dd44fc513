package dev.drover.calendar;

import dev.drover.kernel.Problem;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** What of the calendar is looked at. @param from a day in it */
record CalendarView(Kind kind, LocalDate from, ZoneId zone) {

    enum Kind {
        MONTH, WEEK, LIST;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int LISTED = 30;
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    /** @param today for what isn't said @throws Problem rejected, naming the field */
    static CalendarView of(@Nullable String view, @Nullable LocalDate from, ZoneId zone, LocalDate today) {
        var kind = view == null || view.isBlank() ? Kind.MONTH : Arrays.stream(Kind.values()).filter(one -> one.key().equals(view)).findFirst()
                .orElseThrow(() -> Problem.invalid("view", "There is no such view. Use month, week or list."));
        return new CalendarView(kind, from == null ? today : within("from", from), zone);
    }

    /** @throws Problem rejected for a day that can only be a slip */
    static LocalDate within(String field, LocalDate day) {
        if (day.getYear() < 2000 || day.getYear() > 2200) {
            throw Problem.invalid(field, "The calendar goes from 2000 to 2200.");
        }
        return day;
    }

    /** @throws Problem rejected, naming the field */
    static ZoneId zone(String field, @Nullable String zone, ZoneId usual) {
        try {
            return zone == null || zone.isBlank() ? usual : ZoneId.of(zone.strip());
        } catch (DateTimeException unknown) {
            throw Problem.invalid(field, "'%s' is no time zone, such as Europe/Amsterdam.".formatted(zone.length() > 50 ? zone.substring(0, 50) + "…" : zone));
        }
    }

    /** Weeks begin on Monday; a month's first and last are whole. */
    LocalDate first() {
        return switch (kind) {
            case MONTH -> from.withDayOfMonth(1).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case WEEK -> from.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case LIST -> from;
        };
    }

    LocalDate last() {
        return switch (kind) {
            case MONTH -> from.with(TemporalAdjusters.lastDayOfMonth()).with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
            case WEEK -> first().plusDays(6);
            case LIST -> from.plusDays(LISTED - 1);
        };
    }

    boolean within(LocalDate day) {
        return kind != Kind.MONTH || day.getMonth() == from.getMonth() && day.getYear() == from.getYear();
    }

    public String title() {
        return kind == Kind.MONTH ? MONTH.format(from) : (first().getYear() == last().getYear() ? SHORT : DAY).format(first()) + " – " + DAY.format(last());
    }

    public CalendarView earlier() {
        return new CalendarView(kind, kind == Kind.MONTH ? from.withDayOfMonth(1).minusMonths(1) : kind == Kind.WEEK ? from.minusWeeks(1) : from.minusDays(LISTED), zone);
    }

    public CalendarView later() {
        return new CalendarView(kind, kind == Kind.MONTH ? from.withDayOfMonth(1).plusMonths(1) : kind == Kind.WEEK ? from.plusWeeks(1) : from.plusDays(LISTED), zone);
    }

    public CalendarView as(Kind other) {
        return new CalendarView(other, from, zone);
    }

    public CalendarView at(LocalDate day) {
        return new CalendarView(kind, day, zone);
    }

    /** Its address; the zone in it, so that it can be passed on. */
    public String url() {
        return "/calendar" + query();
    }

    public String query() {
        return UriComponentsBuilder.newInstance().queryParam("view", kind.key()).queryParam("from", from).queryParam("zone", zone.getId()).encode().build().toUriString();
    }
}
