package dev.drover.trigger;

import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Where occasions are written down as they come, in sets, in the transaction of whoever found them. */
@Component
class ExecutionLog {

    /** @param any occasions of whatever fate @param counted those that weren't skipped */
    record Lately(long any, long counted) {}

    private final JdbcTemplate jdbc;
    private final PlatformClock clock;

    ExecutionLog(JdbcTemplate jdbc, PlatformClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Those that are there already are passed over. @return how many were new */
    int add(List<Occurrence> occurrences) {
        if (occurrences.isEmpty()) {
            return 0;
        }
        return jdbc.update(connection -> {
            var statement = connection.prepareStatement("""
                    INSERT INTO trigger_execution_log (trigger_id, customer_id, occasion, event_id, event_data, execution_status, happened_at, due_at, created_at)
                    SELECT t.trigger, t.customer, t.occasion, t.event, t.data::jsonb, 'waiting', t.happened, t.due, ?
                      FROM unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[]) AS t (trigger, customer, occasion, event, data, happened, due)
                     -- Who was erased meanwhile isn't there any more, nor is a trigger that was deleted.
                     WHERE EXISTS (SELECT 1 FROM customer c WHERE c.id = t.customer) AND EXISTS (SELECT 1 FROM marketing_trigger g WHERE g.id = t.trigger)
                    ON CONFLICT (trigger_id, occasion) DO NOTHING""");
            statement.setTimestamp(1, Timestamp.from(clock.instant()));
            statement.setArray(2, array(connection, "int8", occurrences, Occurrence::triggerId));
            statement.setArray(3, array(connection, "int8", occurrences, Occurrence::customerId));
            statement.setArray(4, array(connection, "text", occurrences, Occurrence::key));
            statement.setArray(5, array(connection, "text", occurrences, Occurrence::eventId));
            statement.setArray(6, array(connection, "text", occurrences, one -> one.event() == null ? null : Json.write(one.event())));
            statement.setArray(7, array(connection, "timestamptz", occurrences, one -> one.happenedAt().toString()));
            statement.setArray(8, array(connection, "timestamptz", occurrences, one -> one.dueAt().toString()));
            return statement;
        });
    }

    void refuse(Collection<Refusal> refusals) {
        if (refusals.isEmpty()) {
            return;
        }
        var times = new HashMap<Refusal, Integer>();
        refusals.forEach(refusal -> times.merge(refusal, 1, Integer::sum));
        var each = List.copyOf(times.keySet());
        jdbc.update(connection -> {
            var statement = connection.prepareStatement("""
                    INSERT INTO trigger_execution_log AS l (trigger_id, customer_id, occasion, execution_status, error_message, times, happened_at, due_at, executed_at, created_at)
                    SELECT t.trigger, t.customer, t.occasion, t.status, t.reason, t.times, n.now, n.now, n.now, n.now
                      FROM (SELECT ?::timestamptz AS now) n, unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::int[]) AS t (trigger, customer, occasion, status, reason, times)
                     WHERE (t.customer IS NULL OR EXISTS (SELECT 1 FROM customer c WHERE c.id = t.customer)) AND EXISTS (SELECT 1 FROM marketing_trigger g WHERE g.id = t.trigger)
                     ORDER BY t.trigger, t.occasion
                    ON CONFLICT (trigger_id, occasion) DO UPDATE SET times = l.times + excluded.times, executed_at = excluded.executed_at""");
            statement.setTimestamp(1, Timestamp.from(clock.instant()));
            statement.setArray(2, array(connection, "int8", each, Refusal::triggerId));
            statement.setArray(3, array(connection, "int8", each, Refusal::customerId));
            statement.setArray(4, array(connection, "text", each, one -> "refused:" + one.group() + ":" + (one.customerId() == null ? "" : one.customerId())));
            statement.setArray(5, array(connection, "text", each, Refusal::status));
            statement.setArray(6, array(connection, "text", each, Refusal::reason));
            statement.setArray(7, array(connection, "int4", each, times::get));
            return statement;
        });
    }

    /** How many of a trigger's occasions came for these customers since then. */
    Map<Long, Lately> lately(long trigger, Collection<Long> customers, Instant since) {
        var found = new HashMap<Long, Lately>();
        jdbc.query("""
                SELECT customer_id, count(*), count(*) FILTER (WHERE execution_status <> 'skipped') FROM trigger_execution_log
                 WHERE customer_id = ANY(?) AND trigger_id = ? AND created_at > ? GROUP BY customer_id""", row -> {
                    found.put(row.getLong(1), new Lately(row.getLong(2), row.getLong(3)));
                }, customers.toArray(Long[]::new), trigger, Timestamp.from(since));
        return found;
    }

    private static <T> Array array(Connection connection, String type, List<T> rows, Function<T, @Nullable Object> value) throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(value).toArray());
    }
}
