package dev.drover.journey;

import dev.drover.engine.Engine;
import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of tasks, this engine's only. A task is one process's for the length of a lease, and everybody's again when that process dies. */
@Component
class JourneyTasks {

    /** Whom a task left where they were. */
    record Left(long instanceKey, String elementId, String reason) {}

    private static final String SELECT = "SELECT t.*, (SELECT count(*) FROM journey_task_left l WHERE l.task = t.id) AS left_count FROM journey_task t ";

    private final JdbcClient jdbc;
    private final Engine engine;
    private final PlatformClock clock;

    JourneyTasks(JdbcClient jdbc, Engine engine, PlatformClock clock) {
        this.jdbc = jdbc;
        this.engine = engine;
        this.clock = clock;
    }

    /** @throws Problem conflict while another one moves or ends the same journey's customers */
    long begin(String journey, JourneyTask.Kind kind, @Nullable Integer version, @Nullable Integer target, @Nullable String element, Map<String, String> mapping, long total,
            long lastKey, String by) {
        try {
            return jdbc.sql("""
                    INSERT INTO journey_task (engine, journey_id, kind, version, target, element_id, mapping, total, remaining, before_pass, last_key, started_at, started_by)
                    VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?) RETURNING id""").param(engine.identity()).param(journey).param(kind.key())
                    .param(version).param(target).param(element).param(Json.write(mapping)).param(total).param(total).param(total).param(lastKey)
                    .param(Timestamp.from(clock.instant())).param(by).query(Long.class).single();
        } catch (DuplicateKeyException busy) {
            throw Problem.conflict("Customers of '%s' are being moved or ended already: wait until that is done, or stop it.".formatted(journey));
        }
    }

    /** The one that has waited longest, for a while. */
    Optional<JourneyTask> claim() {
        return jdbc.sql("""
                UPDATE journey_task SET leased_until = clock_timestamp() + interval '20 seconds' WHERE id = (
                    SELECT id FROM journey_task WHERE engine = ? AND state = 'running' AND leased_until < clock_timestamp() ORDER BY leased_until LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING *, 0 AS left_count""").param(engine.identity()).query(JourneyTasks::task).optional();
    }

    /** The same pass, behind a key. */
    void goOn(JourneyTask task, long atKey, long remaining) {
        jdbc.sql("UPDATE journey_task SET at_key = ?, remaining = ?, leased_until = clock_timestamp() WHERE id = ? AND state = 'running'").param(atKey).param(remaining).param(task.id()).update();
    }

    /** From the beginning, after a rest. */
    void again(JourneyTask task, int pass, long remaining, int restSeconds) {
        jdbc.sql("""
                UPDATE journey_task SET at_key = 0, pass = ?, remaining = ?, before_pass = ?, leased_until = clock_timestamp() + make_interval(secs => ?)
                 WHERE id = ? AND state = 'running'""").param(pass).param(remaining).param(remaining).param(restSeconds).param(task.id()).update();
    }

    void end(JourneyTask task, long remaining) {
        jdbc.sql("UPDATE journey_task SET state = 'done', remaining = ?, ended_at = ? WHERE id = ? AND state = 'running'").param(remaining).param(Timestamp.from(clock.instant()))
                .param(task.id()).update();
    }

    /** What is done stays done. @return whether it ran */
    boolean stop(long id) {
        return jdbc.sql("UPDATE journey_task SET state = 'stopped', ended_at = ? WHERE id = ? AND engine = ? AND state = 'running'").param(Timestamp.from(clock.instant())).param(id)
                .param(engine.identity()).update() > 0;
    }

    void leave(JourneyTask task, long instance, String element, String reason) {
        jdbc.sql("INSERT INTO journey_task_left (task, instance_key, element_id, reason) VALUES (?, ?, ?, ?) ON CONFLICT (task, instance_key) DO UPDATE SET reason = excluded.reason")
                .param(task.id()).param(instance).param(element).param(reason).update();
    }

    Set<Long> left(JourneyTask task, long after, long upTo) {
        return new HashSet<>(jdbc.sql("SELECT instance_key FROM journey_task_left WHERE task = ? AND instance_key > ? AND instance_key <= ?").param(task.id()).param(after).param(upTo)
                .query(Long.class).list());
    }

    /** Those it left that are still there: not who has ended since. */
    long leftThere(JourneyTask task) {
        return jdbc.sql("""
                SELECT count(*) FROM journey_task_left l JOIN engine_instance i ON i.source = (SELECT id FROM engine_source WHERE name = ?) AND i.key = l.instance_key AND i.state = 'active'
                 WHERE l.task = ?""").param(engine.identity()).param(task.id()).query(Long.class).single();
    }

    List<Left> left(long task, long after, int limit) {
        return jdbc.sql("SELECT instance_key, element_id, reason FROM journey_task_left WHERE task = ? AND instance_key > ? ORDER BY instance_key LIMIT ?").param(task).param(after)
                .param(limit).query(Left.class).list();
    }

    Optional<JourneyTask> find(String journey, long id) {
        return jdbc.sql(SELECT + "WHERE t.engine = ? AND t.journey_id = ? AND t.id = ?").param(engine.identity()).param(journey).param(id).query(JourneyTasks::task).optional();
    }

    /** Newest first. */
    List<JourneyTask> of(String journey, int limit) {
        return jdbc.sql(SELECT + "WHERE t.engine = ? AND t.journey_id = ? ORDER BY t.id DESC LIMIT ?").param(engine.identity()).param(journey).param(limit).query(JourneyTasks::task).list();
    }

    private static JourneyTask task(ResultSet row, int n) throws SQLException {
        var ended = row.getTimestamp("ended_at");
        return new JourneyTask(row.getLong("id"), row.getString("journey_id"), JourneyTask.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getObject("version", Integer.class), row.getObject("target", Integer.class), row.getString("element_id"),
                Json.map(row.getString("mapping")).entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue()))),
                JourneyTask.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)), row.getLong("total"), row.getLong("remaining"), row.getLong("before_pass"), row.getLong("left_count"),
                row.getLong("last_key"), row.getLong("at_key"), row.getInt("pass"), row.getTimestamp("started_at").toInstant(), row.getString("started_by"),
                ended == null ? null : ended.toInstant());
    }
}
