package dev.drover.campaign;

import dev.drover.campaign.AbTest.Metric;
import dev.drover.campaign.AbTests.Outcome;
import dev.drover.campaign.AbTests.Row;
import dev.drover.experiment.Findings;
import dev.drover.experiment.statistics.Amounts;
import dev.drover.experiment.statistics.Arm;
import dev.drover.experiment.statistics.Evaluation;
import dev.drover.experiment.statistics.RevenueEvaluation;
import dev.drover.experiment.statistics.RevenueEvaluation.Group;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign's test says at the end of its wait, looked at once: the winner, or that nothing is proven and the control is kept.
 *
 * @param chosen             whose text the rest gets
 * @param winner             {@code null}: none is proven
 * @param confidenceAchieved one less the p-value
 * @param finding            why, in a sentence
 */
record Verdict(String chosen, @Nullable String winner, double confidenceAchieved, String finding) {

    /** The same draw each time the same amounts are looked at. */
    private static final long SEED = 0x5eed;

    /** By whoever doesn't wait. */
    static Verdict of(Row row, List<Outcome> outcomes, String chosen, String by) {
        var would = of(row, outcomes);
        return new Verdict(chosen, chosen.equals(would.winner()) ? chosen : null, would.confidenceAchieved(), "%s chose %s. At that moment the test said: %s".formatted(by, chosen, would.finding()));
    }

    static Verdict of(Row row, List<Outcome> outcomes) {
        String control = row.test().control().id();
        var few = outcomes.stream().filter(outcome -> outcome.sent() < row.minimum()).findFirst();
        // Told first: a variant that got nobody is a mismatch, too, but that isn't what helps.
        if (few.isPresent()) {
            String got = few.get().sent() == 0 ? "nobody" : "%,d".formatted(few.get().sent());
            return new Verdict(control, null, 0, "No winner: keep %s, the control. Variant %s went to %s, and %,d of each are needed to say anything.".formatted(control, few.get().id(), got, row.minimum()));
        }
        if (row.test().metric() == Metric.REVENUE) {
            var found = revenue(row.test(), outcomes);
            double p = found.others().stream().mapToDouble(RevenueEvaluation.Comparison::pValue).min().orElse(1);
            return new Verdict(found.winner() == null ? control : found.winner(), found.winner(), 1 - p, kept(found.winner(), control, Findings.of(found)));
        }
        var found = rates(row.test(), outcomes);
        return new Verdict(found.winner() == null ? control : found.winner(), found.winner(), 1 - found.overall().pValue(), kept(found.winner(), control, Findings.of(found)));
    }

    /** Of a test that goes on: may be asked at any time, but for revenue. */
    static String soFar(Row row, List<Outcome> outcomes) {
        if (outcomes.stream().anyMatch(outcome -> outcome.sent() < row.minimum())) {
            return "Too few have got it to say anything: %,d of each variant are needed.".formatted(row.minimum());
        }
        return row.test().metric() == Metric.REVENUE ? "Revenue is looked at once, when the wait is over." : Findings.soFar(rates(row.test(), outcomes));
    }

    private static String kept(@Nullable String winner, String control, String finding) {
        return winner != null || finding.startsWith("No winner") ? finding : "No winner: keep %s, the control. %s".formatted(control, finding);
    }

    static Evaluation rates(AbTest test, List<Outcome> outcomes) {
        return Evaluation.of(IntStream.range(0, outcomes.size()).mapToObj(n -> new Arm(outcomes.get(n).id(), outcomes.get(n).sent(), successes(test.metric(), outcomes.get(n)),
                test.variants().get(n).weight())).toList(), test.confidence());
    }

    static RevenueEvaluation revenue(AbTest test, List<Outcome> outcomes) {
        return RevenueEvaluation.of(IntStream.range(0, outcomes.size()).mapToObj(n -> new Group(outcomes.get(n).id(),
                new Amounts(outcomes.get(n).sent(), outcomes.get(n).spent().stream().mapToDouble(Double::doubleValue).toArray()), test.variants().get(n).weight())).toList(), test.confidence(),
                new SplittableRandom(SEED));
    }

    private static long successes(Metric metric, Outcome outcome) {
        return switch (metric) {
            case OPEN_RATE -> outcome.opened();
            case CLICK_RATE -> outcome.clicked();
            case CONVERSION_RATE, REVENUE -> outcome.ordered();
        };
    }
}
