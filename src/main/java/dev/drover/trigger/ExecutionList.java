package dev.drover.trigger;

import dev.drover.kernel.Page;
import dev.drover.kernel.Period;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the log for people and programs. */
@Component
class ExecutionList {

    /** What to show; {@code null}: whatever. @param customer external id @param since came at or after */
    record Filter(@Nullable String status, @Nullable String customer, @Nullable Instant since) {}

    private final JdbcClient jdbc;
    private final PlatformClock clock;

    ExecutionList(JdbcClient jdbc, PlatformClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Newest first. */
    Page<Execution> of(Trigger trigger, Filter filter, @Nullable String after, int limit) {
        if (filter.status() != null && !Execution.STATUSES.contains(filter.status())) {
            throw Problem.invalid("status", "status is one of " + String.join(", ", Execution.STATUSES) + ".");
        }
        if (filter.customer() != null && filter.customer().indexOf('\0') >= 0) {
            return new Page<>(List.of(), null);
        }
        var where = new ArrayList<String>(List.of("l.trigger_id = ?"));
        var values = new ArrayList<Object>(List.of(trigger.id()));
        add(where, values, "l.id < ?", Page.number(after));
        add(where, values, "l.execution_status = ?", filter.status());
        add(where, values, "l.customer_id = (SELECT id FROM customer WHERE external_id = ?)", filter.customer());
        add(where, values, "l.created_at >= ?", filter.since() == null ? null : Timestamp.from(filter.since()));
        var found = jdbc.sql(Executions.ROWS + "WHERE " + String.join(" AND ", where) + " ORDER BY l.id DESC LIMIT " + (limit + 1)).params(values).query(Executions.ROW).list();
        return Page.of(found, limit, execution -> Long.toString(execution.id()));
    }

    /** How many came to what, for each day of the last thirty. */
    ExecutionDays lately(Trigger trigger) {
        var period = Period.of(null, null, clock.instant());
        var counts = new LinkedHashMap<LocalDate, Map<String, Long>>();
        period.first().datesUntil(period.last().plusDays(1)).forEach(day -> counts.put(day, new LinkedHashMap<>()));
        record Count(LocalDate day, String status, long times) {}
        jdbc.sql("""
                SELECT (created_at AT TIME ZONE 'UTC')::date AS day, execution_status AS status, sum(times) AS times FROM trigger_execution_log
                 WHERE trigger_id = ? AND created_at >= ? GROUP BY 1, 2 ORDER BY 1, 2""")
                .param(trigger.id()).param(Timestamp.from(period.from()))
                .query((row, n) -> new Count(row.getDate(1).toLocalDate(), row.getString(2), row.getLong(3))).list()
                .forEach(count -> counts.computeIfAbsent(count.day(), day -> new LinkedHashMap<>()).put(count.status(), count.times()));
        return ExecutionDays.of(period, counts);
    }

    private static void add(List<String> where, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            where.add(condition);
            values.add(value);
        }
    }
}
