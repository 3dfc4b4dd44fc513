package dev.drover.campaign;

import dev.drover.kernel.Channel;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Estimates the hour of the day, by each customer's own clock, at which they are likeliest to react: the mode of the posterior mean of a multinomial with a
 * Dirichlet prior, <i>(nₕ + w·πₕ) / (n + w)</i>, where <i>nₕ</i> counts the customer's messages first opened or clicked in hour <i>h</i>, <i>π</i> are the
 * shares of everybody's and <i>w</i> is {@link BestHourSettings#weight}. Reactions by the same channel, of people, of the last
 * {@link BestHourSettings#days} days; of equal hours the earlier. (A. Gelman et al., Bayesian Data Analysis, 3rd ed., 2013, section 3.4.)
 */
@Component
class BestHours {

    /** What is taken for everybody's as long as next to nothing is known: a peak in the morning, a lower one in the evening; counts as 82 reactions. */
    private static final int[] USUAL = {0, 0, 0, 0, 0, 0, 1, 3, 5, 7, 8, 7, 6, 5, 5, 4, 4, 4, 5, 6, 6, 4, 2, 0};
    /** Reactions that everybody's shares are counted from, drawn from more of them; a share is sure to a tenth of a hundredth then. */
    private static final double ENOUGH = 200_000;

    private static final String REACTIONS = """
            SELECT m.customer_id, m.id AS message, min(e.at) AS at FROM %s JOIN %s
             WHERE m.channel = :channel AND e.decided AND e.machine IS NULL AND e.kind IN ('open', 'click') AND e.at > :since AND e.at <= :now%s GROUP BY m.customer_id, m.id""";
    private static final String LOCAL_HOUR = "extract(hour FROM r.at AT TIME ZONE coalesce(c.time_zone, 'UTC'))::int";

    private final JdbcClient jdbc;
    private final BestHourSettings settings;

    BestHours(JdbcClient jdbc, BestHourSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /** @param hour 0 to 23 @param reactions of the customer's own, within the hours that come into question; 0: it rests on everybody's alone */
    record Chosen(long customer, int hour, long reactions) {}

    /** Everybody's shares of the 24 hours, as they stand at that moment; their sum is 1. */
    List<Double> shares(Channel channel, Instant now) {
        double[] counts = Arrays.stream(USUAL).asDoubleStream().toArray();
        double rows = jdbc.sql("SELECT greatest(reltuples, 1) FROM pg_class WHERE oid = 'engagement'::regclass").query(Double.class).single();
        jdbc.sql("SELECT " + LOCAL_HOUR + " AS hour, count(*) FROM (" + REACTIONS.formatted("engagement e TABLESAMPLE SYSTEM (:percent) REPEATABLE (24)", "message m ON m.id = e.message_id", "")
                + ") r JOIN customer c ON c.id = r.customer_id GROUP BY 1").param("percent", Math.min(100, 100 * ENOUGH / rows)).param("channel", channel.key()).param("since", since(now))
                .param("now", Timestamp.from(now)).query(row -> {
                    counts[row.getInt(1)] += row.getLong(2);
                });
        double sum = Arrays.stream(counts).sum();
        return Arrays.stream(counts).map(count -> count / sum).boxed().toList();
    }

    /** @param shares everybody's @param now later reactions aren't looked at, so that the same is chosen whenever it is asked @return of whom is still there, by number */
    List<Chosen> of(Channel channel, List<Double> shares, Instant now, Collection<Long> customers) {
        var own = new LinkedHashMap<Long, long[]>();
        // Their zones are looked up first: joined behind the reactions, those of all customers there are would be read.
        jdbc.sql("WITH whom AS MATERIALIZED (SELECT id, time_zone FROM customer WHERE id = ANY(:customers)) SELECT c.id, " + LOCAL_HOUR + ", count(r.at) FROM whom c LEFT JOIN ("
                + REACTIONS.formatted("message m", "engagement e ON e.message_id = m.id", " AND m.customer_id = ANY(:customers)") + ") r ON r.customer_id = c.id GROUP BY 1, 2 ORDER BY 1")
                .param("channel", channel.key()).param("since", since(now)).param("now", Timestamp.from(now)).param("customers", customers.toArray(Long[]::new)).query(row -> {
                    long[] hours = own.computeIfAbsent(row.getLong(1), customer -> new long[24]);
                    if (row.getLong(3) > 0) {
                        hours[row.getInt(2)] = row.getLong(3);
                    }
                });
        return own.entrySet().stream().map(one -> chosen(one.getKey(), one.getValue(), shares)).toList();
    }

    private Chosen chosen(long customer, long[] own, List<Double> shares) {
        int best = settings.from();
        long reactions = 0;
        for (int hour = settings.from(); hour < settings.to(); hour++) {
            reactions += own[hour];
            if (own[hour] + settings.weight() * shares.get(hour) > own[best] + settings.weight() * shares.get(best)) {
                best = hour;
            }
        }
        return new Chosen(customer, best, reactions);
    }

    private Timestamp since(Instant now) {
        return Timestamp.from(now.minus(Duration.ofDays(settings.days())));
    }
}
