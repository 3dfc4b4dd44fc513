package dev.drover.trigger;

import dev.drover.kernel.PlatformClock;
import dev.drover.trigger.Occasion.OnDate;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds whose date has come: for each time zone the days that are due now are worked out here, whom they concern is one statement. A birthday on
 * 29 February is on 1 March in other years, as in segments.
 */
@Component
class Dates {

    /** A day that is due in a zone. @param key as {@link #match} reads it from the customer */
    private record Due(String zone, String key, LocalDate day, Instant at) {}

    private static final String NO_ZONE = "UTC";
    private static final int A_YEAR = 366;

    private final JdbcClient jdbc;
    private final PlatformClock clock;

    Dates(JdbcClient jdbc, PlatformClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @return how many occasions were found */
    int sweep(Trigger trigger) {
        var date = (OnDate) trigger.definition().occasion();
        Instant now = clock.instant();
        Instant late = now.minus(trigger.definition().lateAfter());
        Instant missed = trigger.sweptUntil() == null ? trigger.activeSince() : trigger.sweptUntil();
        if (missed.isBefore(late)) {
            insert(trigger.id(), date, missed, late, "skipped", "too late: this was due while nobody was there to do it");
        }
        return insert(trigger.id(), date, later(trigger.activeSince(), late), now, "waiting", null);
    }

    /** Every zone's clock differs from UTC by quarters of an hour: only then has anybody's time come. */
    static boolean isTime(Trigger trigger, Instant now) {
        var date = (OnDate) trigger.definition().occasion();
        Instant before = trigger.sweptUntil();
        return before == null || before.isAfter(now) || quarter(now, date) > quarter(before, date);
    }

    private static long quarter(Instant at, OnDate date) {
        return Math.floorDiv(at.getEpochSecond() - date.at().getMinute() % 15 * 60L, 900);
    }

    private int insert(long trigger, OnDate date, Instant after, Instant until, String status, @Nullable String reason) {
        var due = due(date, after, until);
        if (due.isEmpty()) {
            return 0;
        }
        return jdbc.sql("""
                INSERT INTO trigger_execution_log (trigger_id, customer_id, occasion, execution_status, error_message, happened_at, due_at, executed_at, created_at)
                SELECT :trigger, c.id, c.id || ':date:' || d.day, :status, :reason, d.at::timestamptz, d.at::timestamptz, CASE WHEN :status = 'waiting' THEN NULL ELSE :now::timestamptz END, :now
                  FROM unnest(:zones, :keys, :days, :ats) AS d (zone, key, day, at)
                  JOIN customer c ON %s AND coalesce(c.time_zone, 'UTC') = d.zone
                ON CONFLICT (trigger_id, occasion) DO NOTHING""".formatted(match(date, "d.key", "d.day")))
                .param("trigger", trigger).param("status", status).param("reason", reason).param("now", Timestamp.from(clock.instant())).param("name", name(date))
                .param("zones", due.stream().map(Due::zone).toArray(String[]::new)).param("keys", due.stream().map(Due::key).toArray(String[]::new))
                .param("days", due.stream().map(one -> one.day().toString()).toArray(String[]::new)).param("ats", due.stream().map(one -> one.at().toString()).toArray(String[]::new))
                .update();
    }

    /** After one moment and up to another. */
    private List<Due> due(OnDate date, Instant after, Instant until) {
        if (!after.isBefore(until)) {
            return List.of();
        }
        // Whatever the zone, the local date is at most a day away.
        var first = LocalDate.ofInstant(after, ZoneOffset.UTC).minusDays(1);
        var last = LocalDate.ofInstant(until, ZoneOffset.UTC).plusDays(1);
        var days = first.datesUntil(last.plusDays(1)).limit(A_YEAR).toList();
        var due = new ArrayList<Due>();
        for (String zone : zones(date, days)) {
            for (LocalDate day : days) {
                Instant at = day.atTime(date.at()).atZone(ZoneId.of(zone)).toInstant();
                if (at.isAfter(after) && !at.isAfter(until)) {
                    var target = day.minusDays(date.offsetDays());
                    keys(date, target).forEach(key -> due.add(new Due(zone, key, target, at)));
                }
            }
        }
        return due;
    }

    /** Of those whose date it is on one of the days. */
    private Set<String> zones(OnDate date, List<LocalDate> days) {
        var keys = days.stream().map(day -> day.minusDays(date.offsetDays())).flatMap(day -> keys(date, day).stream()).distinct().toArray(String[]::new);
        return Set.copyOf(jdbc.sql("SELECT DISTINCT coalesce(c.time_zone, :none) FROM unnest(:keys) AS d (key) JOIN customer c ON " + match(date, "d.key", "'9999-12-31'"))
                .param("none", NO_ZONE).param("keys", keys).param("name", name(date)).query(String.class).list());
    }

    private static List<String> keys(OnDate date, LocalDate day) {
        if (date.attribute() == null) {
            String key = Integer.toString(day.getMonthValue() * 100 + day.getDayOfMonth());
            return day.getMonthValue() == 3 && day.getDayOfMonth() == 1 && !Year.isLeap(day.getYear()) ? List.of(key, "229") : List.of(key);
        }
        return List.of(date.yearly() ? day.toString().substring(5) : day.toString());
    }

    /** A condition on the customer {@code c}; the birthday's is the index's. Who is born on the day itself has no birthday yet. */
    private static String match(OnDate date, String key, String day) {
        if (date.attribute() == null) {
            return "(extract(month FROM c.birthday) * 100 + extract(day FROM c.birthday)) = %s::numeric AND c.birthday IS NOT NULL AND c.birthday < %s::date AND :name = :name".formatted(key, day);
        }
        return date.yearly() ? "substr(c.attributes ->> :name, 6, 5) = %s AND left(c.attributes ->> :name, 10) ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND left(c.attributes ->> :name, 10) <= %s::text".formatted(key, day)
                : "left(c.attributes ->> :name, 10) = " + key;
    }

    private static String name(OnDate date) {
        return Objects.requireNonNullElse(date.attribute(), "");
    }

    /** Of those whose delay is over: for whom the date isn't that day any more. */
    Map<Execution, String> moved(OnDate date, List<Execution> executions) {
        var gone = new HashMap<Execution, String>();
        var days = executions.stream().collect(Collectors.toMap(Execution::id, Dates::day));
        for (var ofDay : executions.stream().collect(Collectors.groupingBy(execution -> days.get(execution.id()))).entrySet()) {
            var still = Set.copyOf(jdbc.sql("SELECT c.id FROM customer c WHERE c.id = ANY(:ids) AND EXISTS (SELECT 1 FROM unnest(:keys) AS d (key) WHERE " + match(date, "d.key", "'9999-12-31'") + ")")
                    .param("ids", ofDay.getValue().stream().map(Execution::customerId).toArray(Long[]::new)).param("name", name(date))
                    .param("keys", keys(date, ofDay.getKey()).toArray(String[]::new)).query(Long.class).list());
            ofDay.getValue().stream().filter(execution -> !still.contains(execution.customerId())).forEach(execution -> gone.put(execution, "the date was changed during the delay"));
        }
        return gone;
    }

    private static LocalDate day(Execution execution) {
        return LocalDate.parse(execution.occasion().substring(execution.occasion().lastIndexOf(':') + 1));
    }

    /** The first moment in between at which somebody's date has come. */
    Optional<Instant> next(OnDate date, Instant from, Instant until) {
        for (Instant at = from; at.isBefore(until); at = at.plus(Duration.ofDays(30))) {
            Instant end = at.plus(Duration.ofDays(30));
            var found = due(date, at, end.isBefore(until) ? end : until);
            if (!found.isEmpty()) {
                var first = somebodys(date, found);
                if (first.isPresent()) {
                    return first;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Instant> somebodys(OnDate date, List<Due> due) {
        return jdbc.sql("""
                SELECT min(d.at::timestamptz) FROM unnest(:zones, :keys, :days, :ats) AS d (zone, key, day, at) JOIN customer c ON %s AND coalesce(c.time_zone, 'UTC') = d.zone"""
                .formatted(match(date, "d.key", "d.day")))
                .param("zones", due.stream().map(Due::zone).toArray(String[]::new)).param("keys", due.stream().map(Due::key).toArray(String[]::new)).param("name", name(date))
                .param("days", due.stream().map(one -> one.day().toString()).toArray(String[]::new)).param("ats", due.stream().map(one -> one.at().toString()).toArray(String[]::new))
                .query(Timestamp.class).optional().map(Timestamp::toInstant);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
