package dev.drover.segment;

import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.ruleset.RuleText;
import dev.drover.ruleset.Rulesets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which segments there are. Those of rule files appear when a rule names them. */
@Component
class SegmentCatalogue {

    /** @param calculated whether all customers were decided upon at least once: before that, entries are no news */
    record Decided(long id, String key, boolean calculated) {}

    /** Members are counted in the index of the present ones, which holds nothing else. */
    private static final String ONE = """
            SELECT s.*, (SELECT count(*) FROM segment_membership m WHERE m.segment_id = s.id AND m.left_at IS NULL) AS size
              FROM customer_segment s WHERE s.key = ?""";

    private static final String ALL = """
            SELECT s.*, coalesce(m.size, 0) AS size
              FROM customer_segment s
              LEFT JOIN (SELECT segment_id, count(*) AS size FROM segment_membership WHERE left_at IS NULL GROUP BY segment_id) m ON m.segment_id = s.id
             ORDER BY s.segment_type, s.key""";

    private final JdbcClient jdbc;
    private final Rulesets rulesets;
    private final PlatformClock clock;

    SegmentCatalogue(JdbcClient jdbc, Rulesets rulesets, PlatformClock clock) {
        this.jdbc = jdbc;
        this.rulesets = rulesets;
        this.clock = clock;
    }

    List<Segment> all() {
        return jdbc.sql(ALL).query((row, n) -> segment(row)).list();
    }

    /** Those that are kept up to date, without counting their members. */
    List<Segment> active() {
        return jdbc.sql("SELECT s.*, 0 AS size FROM customer_segment s WHERE is_active ORDER BY key").query((row, n) -> segment(row)).list();
    }

    Optional<Segment> find(String key) {
        return jdbc.sql(ONE).param(key).query((row, n) -> segment(row)).optional();
    }

    /** How many there are, without counting their members. */
    long count() {
        return jdbc.sql("SELECT count(*) FROM customer_segment").query(Long.class).single();
    }

    boolean exists(String key) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM customer_segment WHERE key = ?)").param(key).query(Boolean.class).single();
    }

    /** @throws Problem not found */
    boolean isStatic(String key) {
        return jdbc.sql("SELECT segment_type = 'static' FROM customer_segment WHERE key = ?").param(key).query(Boolean.class).optional()
                .orElseThrow(() -> Problem.notFound("There is no segment '" + key + "'."));
    }

    /** @throws Problem not found */
    long idOf(String key) {
        return jdbc.sql("SELECT id FROM customer_segment WHERE key = ?").param(key).query(Long.class).optional()
                .orElseThrow(() -> Problem.notFound("There is no segment '" + key + "'."));
    }

    long enteredSince(Instant since) {
        return jdbc.sql("SELECT count(*) FROM segment_membership WHERE entered_at >= ?").param(Timestamp.from(since)).query(Long.class).single();
    }

    /** One that was taken away may be made again. @throws Problem conflict when the key is taken */
    @Transactional
    public void createStatic(String key, String name, String description) {
        int created = jdbc.sql("""
                INSERT INTO customer_segment AS s (key, name, description, segment_type, auto_refresh, created_at, updated_at)
                VALUES (:key, :name, :description, 'static', false, :now, :now)
                ON CONFLICT (key) DO UPDATE SET name = excluded.name, description = excluded.description, segment_type = 'static', filter_criteria = NULL, rfm_config = NULL,
                       rule = NULL, rule_file = NULL, is_active = true, auto_refresh = false, updated_at = excluded.updated_at WHERE NOT s.is_active""")
                .param("key", key).param("name", name).param("description", description).param("now", Timestamp.from(clock.instant())).update();
        if (created == 0) {
            throw Problem.conflict("There is a segment '" + key + "' already.");
        }
    }

    /** Brings the rows of rule segments in line with the rules in force. Those made from conditions keep the name they were given there. */
    @Transactional
    public void followRules() {
        var now = Timestamp.from(clock.instant());
        var keys = new ArrayList<String>();
        for (RuleText rule : rulesets.rules("segments")) {
            for (String key : rule.segments()) {
                keys.add(key);
                jdbc.sql("""
                        INSERT INTO customer_segment AS s (key, name, description, segment_type, rule, rule_file, created_at, updated_at)
                        VALUES (:key, :name, :description, 'behavioral', :rule, :file, :now, :now)
                        ON CONFLICT (key) DO UPDATE SET name = CASE WHEN s.filter_criteria IS NULL THEN excluded.name ELSE s.name END,
                               description = CASE WHEN s.filter_criteria IS NULL THEN excluded.description ELSE s.description END,
                               rule = excluded.rule, rule_file = excluded.rule_file, is_active = true, updated_at = excluded.updated_at
                         WHERE s.segment_type <> 'static'
                           AND ((s.filter_criteria IS NULL AND (s.name, s.description) IS DISTINCT FROM (excluded.name, excluded.description))
                                OR (s.rule, s.rule_file, s.is_active) IS DISTINCT FROM (excluded.rule, excluded.rule_file, true))""")
                        .param("key", key).param("name", rule.title(key)).param("description", rule.explanation()).param("rule", rule.name())
                        .param("file", rule.file()).param("now", now).update();
            }
        }
        jdbc.sql("UPDATE customer_segment SET is_active = false, updated_at = ? WHERE rule_file IS NOT NULL AND is_active AND NOT key = ANY(?)")
                .param(now).param(keys.toArray(String[]::new)).update();
    }

    /** The segments that rules decide upon, by key. */
    Map<String, Decided> decided() {
        return jdbc.sql("SELECT id, key, last_calculated_at IS NOT NULL AS calculated FROM customer_segment WHERE rule_file IS NOT NULL AND is_active")
                .query((row, n) -> new Decided(row.getLong("id"), row.getString("key"), row.getBoolean("calculated"))).list().stream()
                .collect(Collectors.toMap(Decided::key, Function.identity()));
    }

    /** Keys, by number, of those that no rule decides upon now: who is in them stays so. */
    Map<Long, String> undecided() {
        return jdbc.sql("SELECT id, key FROM customer_segment WHERE rule_file IS NULL OR NOT is_active")
                .query((row, n) -> Map.entry(row.getLong(1), row.getString(2))).list().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    void calculated(List<Long> ids, Instant at) {
        jdbc.sql("UPDATE customer_segment SET last_calculated_at = ? WHERE id = ANY(?)").param(Timestamp.from(at)).param(ids.toArray(Long[]::new)).update();
    }

    private static Segment segment(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Segment(row.getString("key"), row.getString("name"), row.getString("description"), row.getString("segment_type"), row.getLong("size"),
                row.getString("rule"), row.getString("rule_file"), row.getBoolean("is_active"), instant(row.getTimestamp("last_calculated_at")));
    }

    static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
