package dev.drover.rfm;

import dev.drover.kernel.PlatformClock;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Quintiles over everybody who ever ordered: how lately, how often, for how much. Who is equal gets the same score: that of the middle of the
 * places they share. So five equal fifths come out only where values differ; where two thirds bought once, all of them are a 2 in frequency,
 * and nobody is a 1 by the accident of sorting.
 */
@Component
public class RfmScores {

    /** Each 1 to 5, 5 being the best. */
    public record Scores(int recency, int frequency, int monetary) {
        public RfmSegment segment() {
            return RfmSegment.of(recency, frequency, monetary);
        }
    }

    /** The last calculation. @param changed scores that are others than before */
    record Run(Instant endedAt, long customers, long changed, long millis) {}

    /** @param value the mean of frequency and monetary */
    record Cell(int recency, int value, long customers, BigDecimal revenue) {}

    record Scored(String externalId, String name, @Nullable String email, Scores scores, int orders, BigDecimal revenue, Instant lastOrderAt) {}

    private static final String PLACE = "least(5, 1 + floor(5 * ((rank() OVER (ORDER BY %1$s) - 1) + (count(*) OVER () - rank() OVER (ORDER BY %1$s DESC) + 1)) / 2.0 / count(*) OVER ()))";

    private final JdbcClient jdbc;
    private final PlatformClock clock;
    private final ApplicationEventPublisher events;

    RfmScores(JdbcClient jdbc, PlatformClock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
    }

    /** By customer; who never ordered is left out. */
    public Map<Long, Scores> of(Collection<Long> customerIds) {
        var scores = new HashMap<Long, Scores>();
        jdbc.sql("SELECT customer_id, recency, frequency, monetary FROM customer_rfm WHERE customer_id = ANY(?)").param(customerIds.toArray(Long[]::new))
                .query(row -> {
                    scores.put(row.getLong(1), new Scores(row.getInt(2), row.getInt(3), row.getInt(4)));
                });
        return scores;
    }

    /** Scores everybody anew. One statement, so that nobody ever sees half of it; rows that stay the same aren't written. */
    @Transactional
    Run calculate() {
        long from = System.nanoTime();
        var begun = clock.instant().truncatedTo(ChronoUnit.MICROS);
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('rfm'))").query((row, n) -> true).list();
        int changed = jdbc.sql("""
                WITH bought AS (
                    SELECT customer_id, max(placed_at) FILTER (WHERE kind = 'order') AS last_at, count(*) FILTER (WHERE kind = 'order') AS orders, sum(total) AS revenue
                      FROM customer_order WHERE customer_id IS NOT NULL GROUP BY customer_id HAVING count(*) FILTER (WHERE kind = 'order') > 0
                ), scored AS (
                    SELECT customer_id, %s AS recency, %s AS frequency, %s AS monetary, last_at, orders, revenue FROM bought
                ), gone AS (
                    DELETE FROM customer_rfm r WHERE NOT EXISTS (SELECT 1 FROM bought b WHERE b.customer_id = r.customer_id)
                )
                INSERT INTO customer_rfm (customer_id, recency, frequency, monetary, last_order_at, orders, revenue, scored_at)
                SELECT s.customer_id, s.recency, s.frequency, s.monetary, s.last_at, s.orders, s.revenue,
                       CASE WHEN (r.recency, r.frequency, r.monetary) IS DISTINCT FROM (s.recency, s.frequency, s.monetary) THEN ?::timestamptz ELSE r.scored_at END
                  FROM scored s LEFT JOIN customer_rfm r ON r.customer_id = s.customer_id
                 WHERE (r.recency, r.frequency, r.monetary, r.last_order_at, r.orders, r.revenue)
                       IS DISTINCT FROM (s.recency, s.frequency, s.monetary, s.last_at, s.orders, s.revenue)
                ON CONFLICT (customer_id) DO UPDATE SET recency = excluded.recency, frequency = excluded.frequency, monetary = excluded.monetary,
                       last_order_at = excluded.last_order_at, orders = excluded.orders, revenue = excluded.revenue, scored_at = excluded.scored_at"""
                .formatted(PLACE.formatted("last_at"), PLACE.formatted("orders"), PLACE.formatted("revenue"))).param(Timestamp.from(begun)).update();
        var run = new Run(clock.instant(), jdbc.sql("SELECT count(*) FROM customer_rfm").query(Long.class).single(), changed, (System.nanoTime() - from) / 1_000_000);
        jdbc.sql("INSERT INTO rfm_run (ended_at, customers, changed, millis) VALUES (?, ?, ?, ?)")
                .param(Timestamp.from(run.endedAt())).param(run.customers()).param(run.changed()).param(run.millis()).update();
        if (changed > 0) {
            events.publishEvent(new ScoresChanged(begun));
        }
        return run;
    }

    Optional<Run> last() {
        return jdbc.sql("SELECT * FROM rfm_run ORDER BY id DESC LIMIT 1").query((row, n) -> new Run(row.getTimestamp("ended_at").toInstant(), row.getLong("customers"),
                row.getLong("changed"), row.getLong("millis"))).optional();
    }

    List<Cell> cells() {
        return jdbc.sql("""
                SELECT recency, (frequency + monetary + 1) / 2 AS value, count(*) AS customers, sum(revenue) AS revenue FROM customer_rfm GROUP BY 1, 2""")
                .query((row, n) -> new Cell(row.getInt(1), row.getInt(2), row.getLong(3), row.getBigDecimal(4))).list();
    }

    /** The best paying customers of a cell's segment. */
    List<Scored> best(RfmSegment segment, int most) {
        var cells = new java.util.ArrayList<String>();
        for (int recency = 1; recency <= 5; recency++) {
            for (int value = 1; value <= 5; value++) {
                if (RfmSegment.of(recency, value) == segment) {
                    cells.add(recency + ":" + value);
                }
            }
        }
        return jdbc.sql("""
                SELECT r.*, c.external_id, concat_ws(' ', c.first_name, c.last_name) AS name, c.email FROM customer_rfm r JOIN customer c ON c.id = r.customer_id
                 WHERE r.recency || ':' || (r.frequency + r.monetary + 1) / 2 = ANY(?) ORDER BY r.revenue DESC, r.customer_id LIMIT ?""")
                .param(cells.toArray(String[]::new)).param(most)
                .query((row, n) -> new Scored(row.getString("external_id"), row.getString("name"), row.getString("email"),
                        new Scores(row.getInt("recency"), row.getInt("frequency"), row.getInt("monetary")), row.getInt("orders"), row.getBigDecimal("revenue"),
                        row.getTimestamp("last_order_at").toInstant())).list();
    }
}
