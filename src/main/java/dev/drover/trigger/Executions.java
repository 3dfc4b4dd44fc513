package dev.drover.trigger;

import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

/** The log's rows on their way from an occasion to its end. */
@Component
class Executions {

    /** What becomes of a row now. @param dueAt of one that waits; {@code null}: as it was */
    record Step(long id, String status, int stage, @Nullable String reason, @Nullable Instant dueAt) {

        static Step end(Execution execution, String status, String reason) {
            return new Step(execution.id(), status, execution.stage(), reason, null);
        }
    }

    /** Longer than the engine is waited for. */
    static final Duration LEASE = Duration.ofSeconds(90);

    static final String ROWS = "SELECT l.*, c.external_id AS customer FROM trigger_execution_log l LEFT JOIN customer c ON c.id = l.customer_id ";

    static final RowMapper<Execution> ROW = (row, n) -> new Execution(row.getLong("id"), row.getLong("trigger_id"), row.getObject("customer_id", Long.class), row.getString("customer"),
            row.getString("occasion"), row.getString("event_id"), Json.map(row.getString("event_data")), row.getString("execution_status"), row.getInt("stage"),
            row.getBoolean("released"), row.getString("error_message"), Json.map(row.getString("action_result")), row.getInt("times"), row.getInt("attempts"),
            row.getTimestamp("happened_at").toInstant(), row.getTimestamp("due_at").toInstant(), TriggerRow.instant(row, "decided_at"), TriggerRow.instant(row, "executed_at"),
            row.getTimestamp("created_at").toInstant());

    private final JdbcTemplate jdbc;
    private final PlatformClock clock;

    Executions(JdbcTemplate jdbc, PlatformClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** One instance decides at a time: whoever counts for a cap must see what others let through. @return whether it is us, until the transaction ends */
    boolean lock() {
        return Boolean.TRUE.equals(jdbc.queryForObject("SELECT pg_try_advisory_xact_lock(hashtext('trigger-decisions'), 0)", Boolean.class));
    }

    /** Of each trigger in turn the oldest first: one that has thousands due keeps no other waiting. */
    List<Execution> due(int most) {
        return jdbc.query("""
                SELECT l.*, c.external_id AS customer FROM (
                    SELECT d.*, row_number() OVER (PARTITION BY d.trigger_id ORDER BY d.due_at, d.id) AS turn FROM marketing_trigger t CROSS JOIN LATERAL (
                        SELECT * FROM trigger_execution_log e WHERE e.trigger_id = t.id AND e.execution_status = 'waiting' AND e.due_at <= ? ORDER BY e.due_at, e.id LIMIT ?) d) l
                  LEFT JOIN customer c ON c.id = l.customer_id ORDER BY l.turn, l.due_at, l.id LIMIT ?""", ROW, Timestamp.from(clock.instant()), most, most);
    }

    /** Those whose doer died over them, taken over. */
    List<Execution> takeOver(int most) {
        var ids = jdbc.queryForList("""
                UPDATE trigger_execution_log SET lease_until = clock_timestamp() + ? * interval '1 millisecond', attempts = attempts + 1 WHERE id IN (
                    SELECT id FROM trigger_execution_log WHERE execution_status = 'running' AND lease_until < clock_timestamp() ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED)
                RETURNING id""", Long.class, LEASE.toMillis(), most);
        return ids.isEmpty() ? List.of() : jdbc.query(ROWS + "WHERE l.id = ANY(?) ORDER BY l.id", ROW, (Object) ids.toArray(Long[]::new));
    }

    void step(Collection<Step> steps) {
        if (steps.isEmpty()) {
            return;
        }
        var each = List.copyOf(steps);
        var now = Timestamp.from(clock.instant());
        jdbc.update(connection -> {
            var statement = connection.prepareStatement("""
                    UPDATE trigger_execution_log l SET execution_status = s.status, stage = s.stage, error_message = s.reason, due_at = coalesce(s.due, l.due_at),
                           decided_at = CASE WHEN s.stage = 2 AND l.decided_at IS NULL THEN n.now ELSE l.decided_at END,
                           lease_until = CASE s.status WHEN 'running' THEN clock_timestamp() + n.lease * interval '1 millisecond' END,
                           executed_at = CASE WHEN s.status IN ('skipped', 'rate_limited', 'failed') THEN n.now END
                      FROM (SELECT ?::timestamptz AS now, ?::bigint AS lease) n, unnest(?::bigint[], ?::text[], ?::int[], ?::text[], ?::timestamptz[]) AS s (id, status, stage, reason, due)
                     WHERE l.id = s.id AND l.execution_status IN ('waiting', 'running')""");
            statement.setTimestamp(1, now);
            statement.setLong(2, LEASE.toMillis());
            statement.setArray(3, connection.createArrayOf("int8", each.stream().map(Step::id).toArray()));
            statement.setArray(4, connection.createArrayOf("text", each.stream().map(Step::status).toArray()));
            statement.setArray(5, connection.createArrayOf("int4", each.stream().map(Step::stage).toArray()));
            statement.setArray(6, connection.createArrayOf("text", each.stream().map(Step::reason).toArray()));
            statement.setArray(7, connection.createArrayOf("timestamptz", each.stream().map(one -> one.dueAt() == null ? null : one.dueAt().toString()).toArray()));
            return statement;
        });
    }

    /** Takes it for this transaction. @return whether it is still to be done: another may have taken it over and done it */
    boolean hold(long id) {
        return !jdbc.queryForList("SELECT id FROM trigger_execution_log WHERE id = ? AND execution_status = 'running' FOR UPDATE", Long.class, id).isEmpty();
    }

    /** What came of it, in the transaction that did it or right after it. */
    void end(Execution execution, Outcome outcome) {
        var now = Timestamp.from(clock.instant());
        int ended = jdbc.update("""
                UPDATE trigger_execution_log SET execution_status = ?, error_message = ?, action_result = ?::jsonb, executed_at = ?, lease_until = NULL
                 WHERE id = ? AND execution_status = 'running'""", outcome.status(), outcome.reason(), Json.write(outcome.result()), now, execution.id());
        if (ended == 1 && outcome.status().equals("success")) {
            jdbc.update("UPDATE marketing_trigger SET total_triggered = total_triggered + 1, last_triggered_at = ? WHERE id = ?", now, execution.triggerId());
        }
    }

    /** It is tried again then. */
    void again(Execution execution, String reason, Instant dueAt) {
        jdbc.update("""
                UPDATE trigger_execution_log SET execution_status = 'waiting', stage = 2, error_message = ?, attempts = attempts + 1, due_at = ?, lease_until = NULL
                 WHERE id = ? AND execution_status = 'running'""", reason, Timestamp.from(dueAt), execution.id());
    }

    /** How often the trigger acted, or is about to, for these customers since then. */
    Map<Long, Integer> acted(long trigger, Collection<Long> customers, Instant since) {
        var counts = new HashMap<Long, Integer>();
        jdbc.query("""
                SELECT customer_id, count(*) FROM trigger_execution_log
                 WHERE customer_id = ANY(?) AND trigger_id = ? AND stage = 2 AND execution_status IN ('success', 'running', 'waiting') AND decided_at > ? GROUP BY customer_id""", row -> {
                    counts.put(row.getLong(1), row.getInt(2));
                }, customers.toArray(Long[]::new), trigger, Timestamp.from(since));
        return counts;
    }

    /** All of a trigger that is due is held back, but what goes already or was let through. @return how many */
    int holdBack(long trigger) {
        return jdbc.update("""
                UPDATE trigger_execution_log SET execution_status = 'held', error_message = '%s' WHERE trigger_id = ? AND execution_status = 'waiting' AND stage < 2 AND NOT released AND due_at <= ?""".formatted(Storms.HELD),
                trigger, Timestamp.from(clock.instant()));
    }

    long held(long trigger) {
        return jdbc.queryForObject("SELECT coalesce(sum(times), 0) FROM trigger_execution_log WHERE trigger_id = ? AND execution_status = 'held'", Long.class, trigger);
    }
}
