package dev.drover.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.experiment.statistics.Evaluation;
import dev.drover.experiment.statistics.Interval;
import dev.drover.experiment.statistics.MeanDifference;
import dev.drover.experiment.statistics.RevenueEvaluation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation as programs get it.
 *
 * @param confidenceAchieved one less the p-value, in the unit the confidence was said in
 * @param srm                sample-ratio mismatch: the variants didn't get the shares they were meant to, and no result can be trusted
 * @param anyTimeWinner      by the test that may be looked at any time
 * @param rough              so few successes are expected somewhere, or of amounts so few bought, that {@code pValue} is inexact
 * @param verdict            a sentence
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EvaluationView(String metric, double confidence, @Nullable Double chiSquare, @Nullable Integer degreesOfFreedom, double pValue, double confidenceAchieved, boolean significant,
        @Nullable String winner, List<Variant> variants, boolean srm, double srmPValue, @Nullable String anyTimeWinner, @Nullable Boolean rough, String verdict) {

    /** Of {@code revenue} the rate is the mean, and nothing bounds it. @param versusControl none of the control itself */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Variant(String id, long recipients, @Nullable Long successes, double rate, @Nullable Double low, @Nullable Double high, @Nullable Comparison versusControl) {}

    /**
     * @param pValue        corrected for several comparisons (Holm)
     * @param lift          how much more, as a share of the control's; for rates the always valid interval
     * @param anyTimePValue always valid, corrected
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Comparison(@Nullable Double difference, @Nullable Range differenceRange, double pValue, @Nullable Range lift, @Nullable Double anyTimePValue) {}

    /** @param high none: nothing limits it */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Range(double low, @Nullable Double high) {

        static @Nullable Range of(@Nullable Interval interval) {
            return interval == null ? null : new Range(interval.low(), Double.isInfinite(interval.high()) ? null : interval.high());
        }
    }

    static EvaluationView of(String metric, Evaluation found, boolean inHundredths) {
        var variants = new ArrayList<Variant>();
        for (int n = 0; n < found.rates().size(); n++) {
            var rate = found.rates().get(n);
            var other = n == 0 ? null : found.others().get(n - 1);
            variants.add(new Variant(rate.arm().id(), rate.arm().recipients(), rate.arm().successes(), rate.arm().rate(), rate.interval().low(), rate.interval().high(), other == null ? null
                    : new Comparison(rate.arm().rate() - found.control().rate(), Range.of(other.difference()), other.pValue(), Range.of(other.anyTime().lift()), other.anyTime().pValue())));
        }
        double unit = inHundredths ? 100 : 1;
        return new EvaluationView(metric, found.confidence() * unit, found.overall().statistic(), found.overall().degreesOfFreedom(), found.overall().pValue(), (1 - found.overall().pValue()) * unit,
                found.significant(), found.winner(), variants, found.sampleRatio().alarm(), found.sampleRatio().pValue(), found.soonWinner(), found.rough(), Findings.of(found));
    }

    static EvaluationView of(RevenueEvaluation found, boolean inHundredths) {
        var variants = new ArrayList<Variant>();
        double least = found.others().stream().mapToDouble(RevenueEvaluation.Comparison::pValue).min().orElse(1);
        for (int n = 0; n < found.groups().size(); n++) {
            var group = found.groups().get(n);
            variants.add(new Variant(group.id(), group.amounts().people(), null, group.amounts().mean(), null, null, n == 0 ? null : comparison(found.others().get(n - 1))));
        }
        double unit = inHundredths ? 100 : 1;
        return new EvaluationView(EvaluationInput.REVENUE, found.confidence() * unit, null, null, least, (1 - least) * unit, least < 1 - found.confidence(), found.winner(), variants,
                found.sampleRatio().alarm(), found.sampleRatio().pValue(), null, found.rough(), Findings.of(found));
    }

    private static Comparison comparison(RevenueEvaluation.Comparison other) {
        MeanDifference found = other.difference();
        return found == null ? new Comparison(null, null, other.pValue(), null, null)
                : new Comparison(found.difference(), Range.of(found.interval()), other.pValue(), Range.of(found.liftRange()), null);
    }
}
