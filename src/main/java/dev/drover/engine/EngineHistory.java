package dev.drover.engine;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the engine's instances did and where they stand, as its exporter tells it: about a fifth of a second behind, complete also across
 * restarts, empty on a cluster without the exporter. Instants are the platform's time. Counts and lists by process are this engine's; what
 * one customer went through is kept beyond the life of an engine's data.
 */
@Component
public class EngineHistory {

    /** Instances of one version, now and ever. {@code incidents}: instances that wait for a person. */
    public record Counts(String processId, int version, long active, long completed, long cancelled, long incidents) {

        public long started() {
            return active + completed + cancelled;
        }
    }

    /**
     * @param now     how many stand there
     * @param entered how many ever came; a step with several instances of itself counts once
     * @param left    how many went on or were taken away
     */
    public record Element(String elementId, long now, long entered, long left) {}

    public enum State {
        ACTIVE, COMPLETED, CANCELLED
    }

    /** @param customerId the external id, {@code null} where the instance has no such variable */
    public record Instance(long key, String processId, int version, @Nullable String customerId, State state, Instant startedAt,
            @Nullable Instant endedAt) {}

    /**
     * @param elementType the engine's word, such as {@code SERVICE_TASK}
     * @param cancelled   left because something interrupted it
     * @param dueAt       when its timer is due
     */
    public record Step(long key, long instanceKey, String processId, int version, String elementId, String elementType, Instant enteredAt,
            @Nullable Instant leftAt, boolean cancelled, @Nullable Instant dueAt) {}

    public record Incident(long key, long instanceKey, String processId, int version, @Nullable String customerId, String elementId, String errorType,
            String message, Instant createdAt) {}

    static final String INSTANCES = """
            SELECT i.key, p.process_id, p.version, i.customer_id, i.state, i.started_at, i.ended_at
            FROM engine_instance i JOIN engine_process p ON p.id = i.process
            """;

    private static final String STEPS = """
            SELECT s.key, s.instance_key, p.process_id, p.version, e.element_id, e.element_type, s.entered_at, s.left_at, s.cancelled, s.due_at
            FROM engine_step s JOIN engine_element e ON e.id = s.element JOIN engine_process p ON p.id = e.process
            """;

    static final String OURS = "p.source = (SELECT id FROM engine_source WHERE name = :engine)";

    static final RowMapper<Instance> INSTANCE = (row, n) -> new Instance(row.getLong(1), row.getString(2), row.getInt(3), row.getString(4),
            State.valueOf(row.getString(5).toUpperCase(java.util.Locale.ROOT)), instant(row.getObject(6, OffsetDateTime.class)),
            maybe(row.getObject(7, OffsetDateTime.class)));

    private static final RowMapper<Step> STEP = (row, n) -> new Step(row.getLong(1), row.getLong(2), row.getString(3), row.getInt(4), row.getString(5),
            row.getString(6), instant(row.getObject(7, OffsetDateTime.class)), maybe(row.getObject(8, OffsetDateTime.class)), row.getBoolean(9),
            maybe(row.getObject(10, OffsetDateTime.class)));

    private final JdbcClient jdbc;
    private final String engine;

    EngineHistory(JdbcClient jdbc, EngineConnection connection) {
        this.jdbc = jdbc;
        this.engine = connection.identity();
    }

    /** Every version that ever had an instance, by process id and version. */
    public List<Counts> counts() {
        return jdbc.sql("""
                SELECT p.process_id, p.version, p.started - p.completed - p.cancelled AS active, p.completed, p.cancelled,
                       (SELECT count(DISTINCT instance_key) FROM engine_incident n WHERE n.process = p.id AND n.resolved_at IS NULL) AS incidents
                FROM engine_process p WHERE p.version > 0 AND %s ORDER BY p.process_id, p.version""".formatted(OURS))
                .param("engine", engine).query(Counts.class).list();
    }

    /** @return zeros where no instance was started yet */
    public Counts counts(String processId, int version) {
        return counts().stream().filter(counts -> counts.processId().equals(processId) && counts.version() == version).findFirst()
                .orElseGet(() -> new Counts(processId, version, 0, 0, 0, 0));
    }

    /** Elements that somebody has reached, by element id. */
    public List<Element> elements(String processId, int version) {
        // A step with several instances of itself has two rows, the body's is the one to count.
        return jdbc.sql("""
                SELECT element_id, greatest(entered - gone, 0) AS now, entered, gone AS "left" FROM (
                    SELECT DISTINCT ON (e.element_id) e.element_id, e.entered, e.completed + e.cancelled AS gone
                    FROM engine_element e JOIN engine_process p ON p.id = e.process
                    WHERE p.process_id = :process AND p.version = :version AND %s
                    ORDER BY e.element_id, e.element_type <> 'MULTI_INSTANCE_BODY'
                ) AS counted ORDER BY element_id""".formatted(OURS))
                .param("process", processId).param("version", version).param("engine", engine).query(Element.class).list();
    }

    /** A customer's instances, newest first. */
    public List<Instance> instancesOf(String customerId, int limit) {
        return instancesOf(List.of(customerId), limit);
    }

    /** The same of somebody whom the engine may know by several ids. */
    public List<Instance> instancesOf(Collection<String> customerIds, int limit) {
        return jdbc.sql(INSTANCES + "WHERE i.customer_id = ANY (:customers) ORDER BY i.started_at DESC, i.key DESC LIMIT :limit")
                .param("customers", customerIds.toArray(String[]::new)).param("limit", limit).query(INSTANCE).list();
    }

    /** Keeps what the instances did, as nobody's. @return those of this engine that run */
    public List<Long> forget(String customerId) {
        var running = jdbc.sql("""
                SELECT i.key FROM engine_instance i JOIN engine_process p ON p.id = i.process
                WHERE i.customer_id = :customer AND i.state = 'active' AND %s""".formatted(OURS))
                .param("customer", customerId).param("engine", engine).query(Long.class).list();
        jdbc.sql("""
                UPDATE engine_incident n SET message = '' FROM engine_instance i
                WHERE i.customer_id = :customer AND n.source = i.source AND n.instance_key = i.key""").param("customer", customerId).update();
        jdbc.sql("UPDATE engine_instance SET customer_id = NULL WHERE customer_id = :customer").param("customer", customerId).update();
        return running;
    }

    /** What a customer's instances went through, newest first. */
    public List<Step> stepsOf(String customerId, int limit) {
        return stepsOf(List.of(customerId), limit);
    }

    public List<Step> stepsOf(Collection<String> customerIds, int limit) {
        return jdbc.sql(STEPS + """
                JOIN engine_instance i ON i.source = s.source AND i.key = s.instance_key
                WHERE i.customer_id = ANY (:customers) ORDER BY s.entered_at DESC, s.key DESC LIMIT :limit""")
                .param("customers", customerIds.toArray(String[]::new)).param("limit", limit).query(STEP).list();
    }

    /** One instance's path, oldest first. */
    public List<Step> stepsOf(long instanceKey) {
        return jdbc.sql(STEPS + "WHERE s.instance_key = :instance AND " + OURS + " ORDER BY s.key")
                .param("instance", instanceKey).param("engine", engine).query(STEP).list();
    }

    /** Instances that stand at an element now, longest waiting first. */
    public List<Instance> standingAt(String processId, int version, String elementId, int limit) {
        return jdbc.sql(INSTANCES + """
                WHERE (i.source, i.key) IN (
                    SELECT s.source, s.instance_key FROM engine_step s JOIN engine_element e ON e.id = s.element JOIN engine_process p ON p.id = e.process
                    WHERE s.left_at IS NULL AND e.element_id = :element AND p.process_id = :process AND p.version = :version AND %s)
                ORDER BY i.started_at, i.key LIMIT :limit""".formatted(OURS))
                .param("process", processId).param("version", version).param("element", elementId).param("engine", engine).param("limit", limit)
                .query(INSTANCE).list();
    }

    /** Running instances of all versions, oldest first. */
    public List<Instance> active(String processId, int limit) {
        return jdbc.sql(INSTANCES + "WHERE i.state = 'active' AND p.process_id = :process AND " + OURS + " ORDER BY i.key LIMIT :limit")
                .param("process", processId).param("engine", engine).param("limit", limit).query(INSTANCE).list();
    }

    /** What waits for a person, oldest first. */
    public List<Incident> incidents(String processId, int limit) {
        return jdbc.sql("""
                SELECT n.key, n.instance_key, p.process_id, p.version, i.customer_id, n.element_id, n.error_type, n.message, n.created_at
                FROM engine_incident n JOIN engine_process p ON p.id = n.process
                    LEFT JOIN engine_instance i ON i.source = n.source AND i.key = n.instance_key
                WHERE n.resolved_at IS NULL AND p.process_id = :process AND %s ORDER BY n.created_at, n.key LIMIT :limit""".formatted(OURS))
                .param("process", processId).param("engine", engine).param("limit", limit)
                .query((row, n) -> new Incident(row.getLong(1), row.getLong(2), row.getString(3), row.getInt(4), row.getString(5), row.getString(6),
                        row.getString(7), row.getString(8), instant(row.getObject(9, OffsetDateTime.class))))
                .list();
    }

    private static Instant instant(OffsetDateTime at) {
        return at.toInstant();
    }

    private static @Nullable Instant maybe(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
