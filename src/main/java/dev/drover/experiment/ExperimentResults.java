package dev.drover.experiment;

import dev.drover.experiment.Experiments.Experiment;
import dev.drover.experiment.statistics.Arm;
import dev.drover.experiment.statistics.Evaluation;
import dev.drover.experiment.statistics.RevenueEvaluation;
import dev.drover.experiment.statistics.RevenueEvaluation.Group;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What became of those who went each way of a split: who ordered, who clicked a mail, and what they spent, in so many days after. */
@Component
class ExperimentResults {

    static final double CONFIDENCE = 0.95;
    /** The same data is drawn from in the same way whenever it is asked, so that a result doesn't change by being looked at. */
    private static final long SEED = 0x5eed;

    /**
     * @param conversions who ordered
     * @param clicks      who clicked a link in a mail, machines left out
     * @param revenue     orders less cancellations, per customer
     */
    record Results(Experiment experiment, int days, Evaluation conversions, Evaluation clicks, RevenueEvaluation revenue) {}

    private final JdbcClient jdbc;

    ExperimentResults(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param days after each customer's split
     * @return {@code null}: the split has one way, or more than can be compared
     */
    @Transactional(readOnly = true)
    public @Nullable Results of(Experiment experiment, int days) {
        var weighted = new ArrayList<Integer>();
        for (int n = 0; n < experiment.variants().size(); n++) {
            // One of weight 0 was never meant to get anybody.
            if (experiment.weights().get(n) > 0) {
                weighted.add(n);
            }
        }
        if (weighted.size() < 2 || weighted.size() > 8) {
            return null;
        }
        var outcomes = outcomes(experiment, days);
        List<Arm> converted = weighted.stream().map(n -> arm(experiment, n, outcomes, true)).toList();
        List<Arm> clicked = weighted.stream().map(n -> arm(experiment, n, outcomes, false)).toList();
        var groups = weighted.stream().map(n -> new Group(experiment.variants().get(n), outcomes.of(experiment.variants().get(n)).spent(), experiment.weights().get(n))).toList();
        return new Results(experiment, days, Evaluation.of(converted, CONFIDENCE), Evaluation.of(clicked, CONFIDENCE), RevenueEvaluation.of(groups, CONFIDENCE, new SplittableRandom(SEED)));
    }

    private static Arm arm(Experiment experiment, int n, Outcomes.ByGroup outcomes, boolean orders) {
        String variant = experiment.variants().get(n);
        var group = outcomes.of(variant);
        return new Arm(variant, group.people(), orders ? group.ordered() : group.clicked(), experiment.weights().get(n));
    }

    /** Those who did nothing, most of them, come as a count. */
    private Outcomes.ByGroup outcomes(Experiment experiment, int days) {
        var groups = new Outcomes.ByGroup();
        var since = Timestamp.from(experiment.changedAt());
        jdbc.sql("SELECT variant, count(*) FROM experiment_assignment WHERE experiment = ? AND assigned_at >= ? GROUP BY variant").params(experiment.key(), since)
                .query(row -> {
                    groups.of(row.getString(1)).addPeople(row.getLong(2));
                });
        jdbc.sql("""
                SELECT a.variant, count(o.id) FILTER (WHERE o.kind = 'order'), sum(o.total)
                  FROM experiment_assignment a
                  JOIN customer_order o ON o.customer_id = a.customer_id AND o.placed_at >= a.assigned_at AND o.placed_at < a.assigned_at + make_interval(days => ?)
                 WHERE a.experiment = ? AND a.assigned_at >= ? GROUP BY a.variant, a.customer_id""").params(days, experiment.key(), since)
                .query(row -> {
                    groups.of(row.getString(1)).addBuyer(row.getLong(2), row.getDouble(3));
                });
        jdbc.sql("""
                SELECT a.variant, count(*) FROM experiment_assignment a
                 WHERE a.experiment = ? AND a.assigned_at >= ?
                   AND EXISTS (SELECT FROM event_log e WHERE e.customer_id = a.customer_id AND e.name = 'email.clicked'
                                  AND e.occurred_at >= a.assigned_at AND e.occurred_at < a.assigned_at + make_interval(days => ?))
                 GROUP BY a.variant""").params(experiment.key(), since, days)
                .query(row -> {
                    groups.of(row.getString(1)).addClicked(row.getLong(2));
                });
        return groups;
    }
}
