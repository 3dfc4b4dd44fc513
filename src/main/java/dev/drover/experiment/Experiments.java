package dev.drover.experiment;

import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The experiments whose customers are written down as they come, such as a journey's splits. */
@Component
public class Experiments {

    /**
     * @param variants  in the order of their names; the first is the control
     * @param weights   of each, which add up to 1
     * @param changedAt since when these weights hold: who came before was split by others, and isn't compared with those after
     * @param customers since then
     */
    public record Experiment(String key, List<String> variants, List<Double> weights, Instant beganAt, Instant changedAt, long customers) {}

    private static final RowMapper<Experiment> ROW = (row, n) -> new Experiment(row.getString("key"), List.of((String[]) row.getArray("variants").getArray()),
            Arrays.asList((Double[]) row.getArray("weights").getArray()), row.getTimestamp("began_at").toInstant(), row.getTimestamp("changed_at").toInstant(), row.getLong("customers"));
    private static final String SELECT = """
            SELECT e.*, (SELECT count(*) FROM experiment_assignment a WHERE a.experiment = e.key AND a.assigned_at >= e.changed_at) AS customers FROM experiment e""";

    private final JdbcClient jdbc;
    private final PlatformClock clock;

    Experiments(JdbcClient jdbc, PlatformClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The customer's variant, written down. Whoever comes again keeps the one of the first time, also after the weights changed, unless it is no more.
     *
     * @param assignment in which everybody takes part
     * @param customer   the internal number
     */
    @Transactional
    public String assign(Assignment assignment, long customer, String externalId) {
        var now = Timestamp.from(clock.instant());
        register(assignment, now);
        String variant = assignment.variantOf(externalId).orElseThrow(() -> new IllegalArgumentException("Only a test in which everybody takes part is written down"));
        String[] variants = assignment.variants().toArray(String[]::new);
        // Of several who come first at once, one begins the experiment: nobody comes before it began.
        return jdbc.sql("""
                INSERT INTO experiment_assignment AS a (experiment, customer_id, variant, assigned_at)
                SELECT e.key, ?, ?, greatest(?, e.changed_at) FROM experiment e WHERE e.key = ?
                ON CONFLICT (experiment, customer_id) DO UPDATE SET variant = EXCLUDED.variant, assigned_at = EXCLUDED.assigned_at WHERE a.variant <> ALL (?::text[])
                RETURNING variant""").params(customer, variant, now, assignment.key(), variants).query(String.class).optional()
                .orElseGet(() -> jdbc.sql("SELECT variant FROM experiment_assignment WHERE experiment = ? AND customer_id = ?").params(assignment.key(), customer)
                        .query(String.class).single());
    }

    /** Looks first: writing, even what is there already, would make everybody in a journey wait for one row. */
    private void register(Assignment assignment, Timestamp now) {
        String[] variants = assignment.variants().toArray(String[]::new);
        Double[] weights = assignment.shares().toArray(Double[]::new);
        boolean same = jdbc.sql("SELECT variants = ?::text[] AND weights = ?::float8[] FROM experiment WHERE key = ?").params(variants, weights, assignment.key()).query(Boolean.class).optional().orElse(false);
        if (!same) {
            jdbc.sql("""
                    INSERT INTO experiment AS e (key, variants, weights, began_at, changed_at) VALUES (:key, :variants, :weights, :now, :now)
                    ON CONFLICT (key) DO UPDATE SET variants = EXCLUDED.variants, weights = EXCLUDED.weights, changed_at = EXCLUDED.changed_at
                     WHERE (e.variants, e.weights) IS DISTINCT FROM (EXCLUDED.variants, EXCLUDED.weights)""")
                    .param("key", assignment.key()).param("variants", variants).param("weights", weights).param("now", now).update();
        }
    }

    /** By key. @param after the key the last page ended with */
    public List<Experiment> list(@Nullable String after, int most) {
        return jdbc.sql(SELECT + " WHERE ?::text IS NULL OR e.key > ? ORDER BY e.key LIMIT ?").param(after).param(after).param(most).query(ROW).list();
    }

    /** Keys of the splits of a journey, called after it and their step; those that name an experiment of their own aren't known to be its. */
    List<String> ofJourney(String journey) {
        return jdbc.sql("SELECT key FROM experiment WHERE starts_with(key, ?) ORDER BY key").param(journey + "/").query(String.class).list();
    }

    public Optional<Experiment> find(String key) {
        return jdbc.sql(SELECT + " WHERE e.key = ?").param(key).query(ROW).optional();
    }

    /** @throws Problem not found */
    public Experiment require(String key) {
        return find(key).orElseThrow(() -> Problem.notFound("There is no experiment '" + key + "', or nobody has come to it yet."));
    }
}
