package dev.drover.experiment.statistics;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * By how much two groups differ per person in something skewed, such as revenue: most spend nothing, a few very much. Welch's ratio of the difference to
 * its error is compared not with Student's distribution, which is wrong for such data, but with what it does in samples drawn anew from the data
 * (symmetric bootstrap-t: P. Hall, "On Symmetric Bootstrap Confidence Intervals", Journal of the Royal Statistical Society B 50, 1988; one that sets its two
 * ends apart covers less of skewed data: see the bench {@code peeking}).
 * The p-value belongs to the interval: it is below α just when the interval at 1 − α leaves out 0 (P. Hall, S. Wilson, Biometrics 47, 1991).
 *
 * @param difference arm less control, per person
 * @param interval   of it
 * @param lift       as a share of the control's mean, 0.1 for a tenth more; {@code null} where the control's mean isn't above 0
 * @param liftRange  of it, from the samples of the ratio's logarithm; {@code null} where one of the means isn't above 0
 */
public record MeanDifference(double difference, Interval interval, double pValue, @Nullable Double lift, @Nullable Interval liftRange) {

    private static final int SAMPLES = 1_999;
    /** Of fewer people than this with anything at all, in either group, nothing honest can be said. */
    public static final int LEAST = 20;

    /** @return {@code null}: too few spent anything for an interval */
    public static @Nullable MeanDifference of(Amounts control, Amounts arm, double confidence, RandomGenerator random) {
        if (control.values().length < LEAST || arm.values().length < LEAST) {
            return null;
        }
        var base = control.moments();
        var own = arm.moments();
        double difference = own.mean() - base.mean();
        double error = Math.sqrt(own.squaredError() + base.squaredError());
        boolean ratio = own.mean() > 0 && base.mean() > 0;
        double logError = ratio ? logError(own, base) : 0;
        double[] swings = new double[SAMPLES];
        double[] logSwings = new double[SAMPLES];
        int usable = 0;
        for (int n = 0; n < SAMPLES; n++) {
            var baseAgain = control.again(random);
            var ownAgain = arm.again(random);
            double errorAgain = Math.sqrt(ownAgain.squaredError() + baseAgain.squaredError());
            swings[n] = errorAgain == 0 ? 0 : Math.abs(ownAgain.mean() - baseAgain.mean() - difference) / errorAgain;
            if (ratio && ownAgain.mean() > 0 && baseAgain.mean() > 0 && logError(ownAgain, baseAgain) > 0) {
                logSwings[usable++] = Math.abs(Math.log(ownAgain.mean() / baseAgain.mean()) - Math.log(own.mean() / base.mean())) / logError(ownAgain, baseAgain);
            }
        }
        Arrays.sort(swings);
        double reach = quantile(swings, confidence) * error;
        var interval = new Interval(difference - reach, difference + reach);
        Interval liftRange = null;
        if (ratio && logError > 0 && usable == SAMPLES) {
            Arrays.sort(logSwings);
            double middle = Math.log(own.mean() / base.mean());
            double logReach = quantile(logSwings, confidence) * logError;
            liftRange = new Interval(Math.expm1(middle - logReach), Math.expm1(middle + logReach));
        }
        return new MeanDifference(difference, interval, pValue(swings, difference, error), base.mean() > 0 ? difference / base.mean() : null, liftRange);
    }

    private static double pValue(double[] swings, double difference, double error) {
        if (error == 0) {
            return difference == 0 ? 1 : 0;
        }
        double seen = Math.abs(difference) / error;
        return (1.0 + Arrays.stream(swings).filter(swing -> swing >= seen).count()) / (SAMPLES + 1);
    }

    /** Of the logarithm of the ratio, by the delta method. */
    private static double logError(Amounts.Moments own, Amounts.Moments base) {
        return Math.sqrt(own.squaredError() / (own.mean() * own.mean()) + base.squaredError() / (base.mean() * base.mean()));
    }

    /** The (SAMPLES + 1) · share smallest: a whole number for usual levels. */
    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.clamp(Math.round((SAMPLES + 1) * share) - 1, 0, SAMPLES - 1)];
    }
}
