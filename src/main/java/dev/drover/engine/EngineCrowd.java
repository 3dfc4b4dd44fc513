package dev.drover.engine;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All who are on a process now, for what is done to many of them: counted, grouped by where they stand, and one after another by their keys. This engine's only. */
@Component
public class EngineCrowd {

    /** @param stuck it waits for a person */
    public record Stand(long stepKey, String elementId, String elementType, Instant enteredAt, @Nullable Instant dueAt, boolean stuck) {}

    /**
     * @param customerId {@code null}: the instance has no such variable
     * @param twice      the customer has another instance of the process that runs
     */
    public record Walker(long key, @Nullable String customerId, boolean twice, List<Stand> stands) {}

    /** Walkers that stand alike. @param elements each {@code id/TYPE}, sorted @param known whether one knows whose they are */
    public record Group(List<String> elements, boolean stuck, boolean known, boolean twice, long count) {}

    private static final String PROCESSES = """
            (SELECT p.id FROM engine_process p WHERE p.process_id = :process AND p.source = (SELECT id FROM engine_source WHERE name = :engine)
                AND (:version::int IS NULL OR p.version = :version))""";

    private static final String TWICE = """
            SELECT i.customer_id FROM engine_instance i WHERE i.state = 'active' AND i.customer_id IS NOT NULL AND i.process IN (
                SELECT p.id FROM engine_process p WHERE p.process_id = :process AND p.source = (SELECT id FROM engine_source WHERE name = :engine))""";

    private final JdbcClient jdbc;
    private final String engine;

    EngineCrowd(JdbcClient jdbc, EngineConnection connection) {
        this.jdbc = jdbc;
        this.engine = connection.identity();
    }

    /** Of those who run. @param version {@code null}: any */
    public long count(String processId, @Nullable Integer version, long upTo) {
        return asked("SELECT count(*) FROM engine_instance i WHERE i.state = 'active' AND i.key <= :last AND i.process IN " + PROCESSES, processId, version)
                .param("last", upTo).query(Long.class).single();
    }

    /** The newest key of those who run; 0: nobody does. */
    public long lastKey(String processId, @Nullable Integer version) {
        return asked("SELECT coalesce(max(i.key), 0) FROM engine_instance i WHERE i.state = 'active' AND i.process IN " + PROCESSES, processId, version).query(Long.class).single();
    }

    /** Open incidents of one element. */
    public long countTroubles(String processId, int version, String elementId, long upTo) {
        return asked("SELECT count(*) FROM engine_incident n WHERE n.resolved_at IS NULL AND n.element_id = :element AND n.key <= :last AND n.process IN " + PROCESSES, processId, version)
                .param("element", elementId).param("last", upTo).query(Long.class).single();
    }

    /** Their keys, the next after one. */
    public List<Long> keys(String processId, @Nullable Integer version, long after, long upTo, int limit) {
        // The key of one partition is nobody else's; instances of all versions in the order of their keys.
        return asked("SELECT i.key FROM engine_instance i WHERE i.state = 'active' AND i.key > :after AND i.key <= :last AND i.process IN " + PROCESSES + " ORDER BY i.key LIMIT :limit",
                processId, version).param("after", after).param("last", upTo).param("limit", limit).query(Long.class).list();
    }

    /** Keys of those of all versions who began in this time and run; the oldest first. @param to not included; {@code null}: until now */
    public List<Long> keysBegun(String processId, Instant from, @Nullable Instant to, int limit) {
        return begun("i.key", processId, from, to, " ORDER BY i.key LIMIT :limit").param("limit", limit).query(Long.class).list();
    }

    /** How many those are. */
    public long countBegun(String processId, Instant from, @Nullable Instant to) {
        return begun("count(*)", processId, from, to, "").query(Long.class).single();
    }

    private JdbcClient.StatementSpec begun(String what, String processId, Instant from, @Nullable Instant to, String then) {
        return asked("SELECT " + what + " FROM engine_instance i WHERE i.state = 'active' AND i.started_at >= :from AND i.started_at < coalesce(:to::timestamptz, 'infinity') AND i.process IN " + PROCESSES + then,
                processId, null).param("from", Timestamp.from(from)).param("to", to == null ? null : Timestamp.from(to));
    }

    /** Which of these customers run on any version, each with the newest key. @param since {@code null}: whenever they began; else those who have ended meanwhile, too */
    public Map<String, Long> among(String processId, Collection<String> customers, @Nullable Instant since) {
        var found = new HashMap<String, Long>();
        asked("SELECT i.customer_id, max(i.key) FROM engine_instance i WHERE i.customer_id = ANY (:customers) AND (:since::timestamptz IS NULL AND i.state = 'active' OR i.started_at >= :since) AND i.process IN "
                + PROCESSES + " GROUP BY 1", processId, null).param("customers", customers.toArray(String[]::new))
                .param("since", since == null ? null : Timestamp.from(since)).query(row -> {
                    found.put(row.getString(1), row.getLong(2));
                });
        return found;
    }

    /** Whether the history has heard of this instance, whatever became of it. */
    public boolean heardOf(long key) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM engine_instance WHERE source = (SELECT id FROM engine_source WHERE name = :engine) AND key = :key)").param("engine", engine).param("key", key)
                .query(Boolean.class).single();
    }

    /** The same with where each stands. */
    public List<Walker> walkers(String processId, int version, long after, long upTo, int limit) {
        var keys = keys(processId, version, after, upTo, limit);
        if (keys.isEmpty()) {
            return List.of();
        }
        Long[] array = keys.toArray(Long[]::new);
        var customers = new HashMap<Long, String>();
        jdbc.sql("SELECT key, customer_id FROM engine_instance WHERE source = (SELECT id FROM engine_source WHERE name = :engine) AND key = ANY (:keys)").param("engine", engine)
                .param("keys", array).query((row, n) -> customers.put(row.getLong(1), row.getString(2))).list();
        var twice = new HashSet<>(asked(TWICE + " AND i.customer_id = ANY (:customers) GROUP BY i.customer_id HAVING count(*) > 1", processId, null)
                .param("customers", customers.values().stream().filter(Objects::nonNull).toArray(String[]::new)).query(String.class).list());
        var stands = stands(array);
        return keys.stream().map(key -> new Walker(key, customers.get(key), twice.contains(customers.get(key)), stands.getOrDefault(key, List.of()))).toList();
    }

    private Map<Long, List<Stand>> stands(Long[] instances) {
        var stands = new HashMap<Long, List<Stand>>();
        jdbc.sql("""
                SELECT s.instance_key, s.key, e.element_id, e.element_type, s.entered_at, s.due_at, EXISTS (
                           SELECT 1 FROM engine_incident n WHERE n.source = s.source AND n.instance_key = s.instance_key AND n.step_key = s.key AND n.resolved_at IS NULL) AS stuck
                  FROM engine_step s JOIN engine_element e ON e.id = s.element
                 WHERE s.source = (SELECT id FROM engine_source WHERE name = :engine) AND s.instance_key = ANY (:keys) AND s.left_at IS NULL ORDER BY s.key""")
                .param("engine", engine).param("keys", instances)
                .query((row, n) -> stands.computeIfAbsent(row.getLong(1), key -> new ArrayList<>()).add(new Stand(row.getLong(2), row.getString(3), row.getString(4),
                        row.getObject(5, OffsetDateTime.class).toInstant(), row.getObject(6) == null ? null : row.getObject(6, OffsetDateTime.class).toInstant(), row.getBoolean(7)))).list();
        return stands;
    }

    /** How many stand where, the most first. */
    public List<Group> groups(String processId, int version) {
        return asked("""
                WITH open AS (
                    SELECT s.source, s.instance_key, array_agg(e.element_id || '/' || e.element_type ORDER BY e.element_id) AS stands, bool_or(n.key IS NOT NULL) AS stuck
                      FROM engine_element e JOIN engine_step s ON s.element = e.id AND s.left_at IS NULL
                      LEFT JOIN engine_incident n ON n.source = s.source AND n.instance_key = s.instance_key AND n.step_key = s.key AND n.resolved_at IS NULL
                     WHERE e.process IN %s GROUP BY s.source, s.instance_key),
                twice AS (%s GROUP BY i.customer_id HAVING count(*) > 1)
                SELECT coalesce(o.stands, '{}') AS stands, coalesce(o.stuck, false) AS stuck, i.customer_id IS NOT NULL AS known, t.customer_id IS NOT NULL AS twice, count(*) AS count
                  FROM engine_instance i LEFT JOIN open o ON o.source = i.source AND o.instance_key = i.key LEFT JOIN twice t ON t.customer_id = i.customer_id
                 WHERE i.state = 'active' AND i.process IN %s GROUP BY 1, 2, 3, 4 ORDER BY count(*) DESC""".formatted(PROCESSES, TWICE, PROCESSES), processId, version)
                .query((row, n) -> new Group(Arrays.asList((String[]) row.getArray("stands").getArray()), row.getBoolean("stuck"), row.getBoolean("known"), row.getBoolean("twice"),
                        row.getLong("count"))).list();
    }

    private JdbcClient.StatementSpec asked(String sql, String processId, @Nullable Integer version) {
        return jdbc.sql(sql).param("process", processId).param("engine", engine).param("version", version, java.sql.Types.INTEGER);
    }
}
