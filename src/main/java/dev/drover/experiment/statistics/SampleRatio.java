package dev.drover.experiment.statistics;

import static dev.drover.experiment.statistics.ChiSquare.square;

import java.util.List;

/**
 * Whether the variants got as many as they were meant to: Pearson's test of the counts against the weights. Where they didn't, something chose between
 * customers that shouldn't have, and no result of the experiment can be trusted (A. Fabijan et al., "Diagnosing Sample Ratio Mismatch in Online
 * Controlled Experiments", KDD 2019).
 *
 * @param alarm {@code pValue} below {@value #ALARM}: one in a thousand sound experiments is suspected
 */
public record SampleRatio(double statistic, double pValue, boolean alarm) {

    static final double ALARM = 0.001;

    public static SampleRatio of(List<Arm> arms) {
        double all = arms.stream().mapToLong(Arm::recipients).sum();
        double weights = arms.stream().mapToDouble(Arm::weight).sum();
        if (all == 0) {
            return new SampleRatio(0, 1, false);
        }
        double statistic = arms.stream().mapToDouble(arm -> square(arm.recipients() - all * arm.weight() / weights) / (all * arm.weight() / weights)).sum();
        double pValue = Distributions.chiSquareTail(statistic, arms.size() - 1);
        return new SampleRatio(statistic, pValue, pValue < ALARM);
    }
}
