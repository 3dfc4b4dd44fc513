package dev.drover.experiment;

import dev.drover.experiment.statistics.MeanDifference;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What marketing brought: customers who could get it beside those kept without, which chance alone told apart. Everybody is counted on the side they were
 * drawn to, whether they were written to or not ("intention to treat"): whoever compares only those who got mail compares the keen with the rest.
 */
@Component
class HoldoutLift {

    private static final double CONFIDENCE = 0.95;
    private static final long SEED = 0x5eed;
    private static final String KEPT = "kept";
    private static final String MAILED = "mailed";

    /** @param revenue orders less cancellations */
    record Side(long people, long ordered, double ordersEach, double revenueEach) {

        static Side of(Outcomes outcomes) {
            return new Side(outcomes.people(), outcomes.ordered(), outcomes.orders().mean(), outcomes.spent().mean());
        }
    }

    /**
     * @param from    later than asked for, where the share didn't hold or the quarter hadn't begun
     * @param to      not included
     * @param orders  per customer, mailed less kept; {@code null}: too few ordered
     * @param revenue the same of what they spent
     */
    record Lift(Holdout holdout, Instant from, Instant to, Side mailed, Side kept, @Nullable MeanDifference orders, @Nullable MeanDifference revenue) {

        public String sentence() {
            return Findings.lift("Mailed customers", "ordered", orders);
        }

        public String revenueSentence() {
            return Findings.revenueLift("Mailed customers", revenue);
        }
    }

    private final Holdouts holdouts;
    private final JdbcClient jdbc;
    private final PlatformClock clock;

    HoldoutLift(Holdouts holdouts, JdbcClient jdbc, PlatformClock clock) {
        this.holdouts = holdouts;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param scope of a holdout that is on
     * @param from  the first day; none: as long as the share holds, of everybody within the quarter
     * @param to    the last day; none: until now
     * @throws Problem not found where there is no such holdout, rejected for days that can't be compared, naming the field
     */
    @Transactional(readOnly = true)
    public Lift of(String scope, @Nullable LocalDate from, @Nullable LocalDate to) {
        var holdout = holdouts.find(Holdout.checkScope(scope)).orElseThrow(() -> Problem.notFound("No customers are kept without: there is no holdout '" + scope + "'."));
        Instant now = clock.instant();
        Instant until = to == null || !to.isBefore(now.atZone(ZoneOffset.UTC).toLocalDate()) ? now : to.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        // The last moment that counts decides which quarter's draw is meant.
        Instant earliest = earliest(holdout, until.minusMillis(1));
        Instant since = from == null ? earliest : later(earliest, from.atStartOfDay(ZoneOffset.UTC).toInstant());
        if (to != null && from != null && from.isAfter(to)) {
            throw Problem.invalid("from", "The period ends before it begins.");
        }
        if (!since.isBefore(until)) {
            throw Problem.invalid("to", "This holdout's share holds since %s: days before can't be compared by it.".formatted(earliest.atZone(ZoneOffset.UTC).toLocalDate()));
        }
        var outcomes = scope.equals(Holdout.EVERYBODY) ? everybody(holdout, since, until) : met(holdout, since, until);
        var mailed = outcomes.of(MAILED);
        var kept = outcomes.of(KEPT);
        return new Lift(holdout, since, until, Side.of(mailed), Side.of(kept), MeanDifference.of(kept.orders(), mailed.orders(), CONFIDENCE, new SplittableRandom(SEED)),
                MeanDifference.of(kept.spent(), mailed.spent(), CONFIDENCE, new SplittableRandom(SEED)));
    }

    private static Instant earliest(Holdout holdout, Instant at) {
        return holdout.scope().equals(Holdout.EVERYBODY) ? later(holdout.since(), Holdout.quarterBegan(at).atStartOfDay(ZoneOffset.UTC).toInstant()) : holdout.since();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Who was a customer when it began: whether somebody becomes one later may be marketing's doing. */
    private Outcomes.ByGroup everybody(Holdout holdout, Instant from, Instant to) {
        var groups = new Outcomes.ByGroup();
        jdbc.sql("""
                SELECT experiment_point(:key, c.external_id) < :share AS held, count(*) FROM customer c WHERE c.created_at < :from GROUP BY 1""")
                .param("key", holdout.key(from)).param("share", holdout.share()).param("from", Timestamp.from(from)).query(row -> {
                    groups.of(side(row.getBoolean(1))).addPeople(row.getLong(2));
                });
        jdbc.sql("""
                SELECT experiment_point(:key, c.external_id) < :share, o.orders, o.spent
                  FROM (SELECT customer_id, count(*) FILTER (WHERE kind = 'order') AS orders, sum(total) AS spent FROM customer_order
                         WHERE placed_at >= :from AND placed_at < :to AND customer_id IS NOT NULL GROUP BY customer_id) AS o
                  JOIN customer c ON c.id = o.customer_id AND c.created_at < :from""")
                .param("key", holdout.key(from)).param("share", holdout.share()).param("from", Timestamp.from(from)).param("to", Timestamp.from(to)).query(row -> {
                    groups.of(side(row.getBoolean(1))).addBuyer(row.getLong(2), row.getDouble(3));
                });
        return groups;
    }

    /** Whom the journey or campaign met in this time, each from that moment on. */
    private Outcomes.ByGroup met(Holdout holdout, Instant from, Instant to) {
        var groups = new Outcomes.ByGroup();
        jdbc.sql("SELECT held, count(*) FROM holdout_exposure WHERE scope = :scope AND first_at >= :from AND first_at < :to GROUP BY held")
                .param("scope", holdout.scope()).param("from", Timestamp.from(from)).param("to", Timestamp.from(to)).query(row -> {
                    groups.of(side(row.getBoolean(1))).addPeople(row.getLong(2));
                });
        jdbc.sql("""
                SELECT e.held, count(*) FILTER (WHERE o.kind = 'order'), sum(o.total)
                  FROM holdout_exposure e JOIN customer_order o ON o.customer_id = e.customer_id AND o.placed_at >= e.first_at AND o.placed_at < :to
                 WHERE e.scope = :scope AND e.first_at >= :from AND e.first_at < :to GROUP BY e.held, e.customer_id""")
                .param("scope", holdout.scope()).param("from", Timestamp.from(from)).param("to", Timestamp.from(to)).query(row -> {
                    groups.of(side(row.getBoolean(1))).addBuyer(row.getLong(2), row.getDouble(3));
                });
        return groups;
    }

    private static String side(boolean held) {
        return held ? KEPT : MAILED;
    }
}
