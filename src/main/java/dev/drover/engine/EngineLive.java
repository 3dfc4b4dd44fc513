package dev.drover.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Where everybody stands now in one version of a process, of this engine, about a fifth of a second behind. Counts come from counters and lists from
 * indexes, so that a hundred thousand inside cost no more than ten. Instants are the platform's time.
 */
@Component
public class EngineLive {

    /**
     * @param now         how many stand there
     * @param entered     how many ever came; a step with several instances of itself counts once
     * @param left        how many went on or were taken away
     * @param averageWait of those who left
     * @param stuck       how many of those there wait for a person
     */
    public record Traffic(String elementId, long now, long entered, long left, Duration averageWait, long stuck) {}

    /** One who stands at an element. @param incident what they wait for a person for; {@code null}: nothing */
    public record Standing(long stepKey, long instanceKey, @Nullable String customerId, Instant since, @Nullable Instant dueAt, @Nullable Trouble incident) {}

    /**
     * @param errorType the engine's word, such as {@code JOB_NO_RETRIES}
     * @param jobKey    the job that gave up; 0: none did
     */
    public record Trouble(long key, long instanceKey, String processId, int version, @Nullable String customerId, String elementId, String errorType, String message,
            Instant since, long jobKey) {}

    private static final String PROCESS = """
            (SELECT p.id FROM engine_process p WHERE p.process_id = :process AND p.version = :version
                AND p.source = (SELECT id FROM engine_source WHERE name = :engine))""";

    private static final String TROUBLES = """
            SELECT n.key, n.instance_key, p.process_id, p.version, i.customer_id, n.element_id, n.error_type, n.message, n.created_at, n.job_key
              FROM engine_incident n JOIN engine_process p ON p.id = n.process LEFT JOIN engine_instance i ON i.source = n.source AND i.key = n.instance_key
             WHERE n.resolved_at IS NULL AND p.source = (SELECT id FROM engine_source WHERE name = :engine)
            """;

    private final JdbcClient jdbc;
    private final String engine;

    EngineLive(JdbcClient jdbc, EngineConnection connection) {
        this.jdbc = jdbc;
        this.engine = connection.identity();
    }

    /** Elements that somebody has reached, by element id. */
    public List<Traffic> traffic(String processId, int version) {
        // A step with several instances of itself has two rows, the body's is the one to count.
        return jdbc.sql("""
                SELECT t.*, (SELECT count(*) FROM engine_incident n WHERE n.process = %1$s AND n.element_id = t.element_id AND n.resolved_at IS NULL) AS stuck FROM (
                    SELECT DISTINCT ON (e.element_id) e.element_id, greatest(e.entered - e.completed - e.cancelled, 0) AS now, e.entered, e.completed + e.cancelled AS gone, e.waited_ms
                      FROM engine_element e WHERE e.process = %1$s ORDER BY e.element_id, e.element_type <> 'MULTI_INSTANCE_BODY') AS t
                 ORDER BY t.element_id""".formatted(PROCESS)).param("process", processId).param("version", version).param("engine", engine)
                .query((row, n) -> new Traffic(row.getString("element_id"), row.getLong("now"), row.getLong("entered"), row.getLong("gone"),
                        Duration.ofMillis(row.getLong("waited_ms") / Math.max(1, row.getLong("gone"))), row.getLong("stuck"))).list();
    }

    /**
     * Who stands at an element, longest there first.
     *
     * @param after the step key of the last one seen; 0: from the beginning
     */
    public List<Standing> standing(String processId, int version, String elementId, long after, int limit) {
        var element = jdbc.sql("SELECT e.id FROM engine_element e WHERE e.process = %s AND e.element_id = :element ORDER BY e.element_type = 'MULTI_INSTANCE_BODY' LIMIT 1".formatted(PROCESS))
                .param("process", processId).param("version", version).param("engine", engine).param("element", elementId).query(Integer.class).optional();
        return element.map(id -> jdbc.sql("""
                SELECT s.key AS step, s.instance_key, i.customer_id, s.entered_at, s.due_at, n.key, n.element_id, n.error_type, n.message, n.created_at, n.job_key
                  FROM (SELECT * FROM engine_step WHERE element = :element AND left_at IS NULL AND key > :after ORDER BY key LIMIT :limit) AS s
                  LEFT JOIN engine_instance i ON i.source = s.source AND i.key = s.instance_key
                  LEFT JOIN engine_incident n ON n.source = s.source AND n.instance_key = s.instance_key AND n.step_key = s.key AND n.resolved_at IS NULL
                 ORDER BY s.key""").param("element", id).param("after", after).param("limit", limit)
                .query((row, n) -> new Standing(row.getLong("step"), row.getLong("instance_key"), row.getString("customer_id"), at(row, "entered_at"), maybe(row, "due_at"),
                        row.getObject("key") == null ? null : trouble(row, processId, version))).list()).orElse(List.of());
    }

    /** What waits for a person, oldest first. @param elementId {@code null}: wherever */
    public List<Trouble> troubles(String processId, int version, @Nullable String elementId, long after, int limit) {
        return jdbc.sql(TROUBLES + "AND n.process = " + PROCESS + (elementId == null ? "" : " AND n.element_id = :element") + " AND n.key > :after ORDER BY n.key LIMIT :limit")
                .param("process", processId).param("version", version).param("engine", engine).param("element", elementId).param("after", after).param("limit", limit)
                .query((row, n) -> trouble(row, processId, version)).list();
    }

    /** The newest incident at an element; 0: nobody is stuck there. */
    public long lastTrouble(String processId, int version, String elementId) {
        return jdbc.sql("SELECT coalesce(max(n.key), 0) FROM engine_incident n WHERE n.process = %s AND n.element_id = :element AND n.resolved_at IS NULL".formatted(PROCESS))
                .param("process", processId).param("version", version).param("engine", engine).param("element", elementId).query(Long.class).single();
    }

    /** @return empty: there is no such incident, or it is settled */
    public Optional<Trouble> trouble(long key) {
        return jdbc.sql(TROUBLES + "AND n.key = :key").param("engine", engine).param("key", key).query((row, n) -> trouble(row, row.getString("process_id"), row.getInt("version"))).optional();
    }

    /** @return empty: this engine's history knows no such instance */
    public Optional<EngineHistory.Instance> instance(long key) {
        return jdbc.sql(EngineHistory.INSTANCES + "WHERE i.key = :key AND " + EngineHistory.OURS).param("key", key).param("engine", engine).query(EngineHistory.INSTANCE).optional();
    }

    /** What holds an instance up, oldest first. */
    public List<Trouble> troublesOf(long instanceKey) {
        return jdbc.sql(TROUBLES + "AND n.instance_key = :instance ORDER BY n.key").param("engine", engine).param("instance", instanceKey)
                .query((row, n) -> trouble(row, row.getString("process_id"), row.getInt("version"))).list();
    }

    private static Trouble trouble(ResultSet row, String processId, int version) throws SQLException {
        return new Trouble(row.getLong("key"), row.getLong("instance_key"), processId, version, row.getString("customer_id"), row.getString("element_id"), row.getString("error_type"),
                row.getString("message"), at(row, "created_at"), row.getLong("job_key"));
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant maybe(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
