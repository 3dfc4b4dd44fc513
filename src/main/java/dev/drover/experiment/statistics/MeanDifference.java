package dev.drover.experiment.statistics;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.ToDoubleBiFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * By how much two groups differ per person in something skewed, such as revenue: most spend nothing, a few very much. The logarithm of the means' ratio, by its
 * error, is compared not with the normal distribution but with what it does in samples drawn anew from the data (symmetric bootstrap-t: P. Hall, "On Symmetric
 * Bootstrap Confidence Intervals", Journal of the Royal Statistical Society B 50, 1988). How far it strays there gives the lift's interval and, on the same scale,
 * one of each mean, from whose arms the difference's is put together (G. Y. Zou, A. Donner, "Construction of confidence limits about effect measures",
 * Statistics in Medicine 27, 2008, as Newcombe's is for rates): of skewed data a mean errs farther upwards than downwards, which one error for both sides can't
 * tell (the bench {@code peeking} shows it).
 * The p-value belongs to the difference's interval: it is at most α just when the interval at 1 − α leaves out 0. Where a mean isn't above 0, as with more
 * returned than bought, the difference itself is compared in that way.
 *
 * @param difference arm less control, per person
 * @param interval   of it
 * @param lift       as a share of the control's mean, 0.1 for a tenth more; {@code null} where the control's mean isn't above 0
 * @param liftRange  of it; {@code null} where one of the means isn't above 0
 * @param rough      so few have anything in one of the groups that the largest amounts there are may have missed it, which nothing in it can tell
 */
public record MeanDifference(double difference, Interval interval, double pValue, @Nullable Double lift, @Nullable Interval liftRange, boolean rough) {

    private static final int SAMPLES = 1_999;
    /** Of fewer people than this with anything at all, in either group, nothing honest can be said. */
    public static final int LEAST = 20;
    /** From so many on a real shop's few very large orders are told of, too, in groups of unlike sizes: see the bench {@code peeking}. */
    public static final int FEW = 200;

    /** @return {@code null}: too few spent anything for an interval */
    public static @Nullable MeanDifference of(Amounts control, Amounts arm, double confidence, RandomGenerator random) {
        if (control.values().length < LEAST || arm.values().length < LEAST) {
            return null;
        }
        var base = control.moments();
        var own = arm.moments();
        double difference = own.mean() - base.mean();
        boolean rough = Math.min(control.values().length, arm.values().length) < FEW;
        Double lift = base.mean() > 0 ? difference / base.mean() : null;
        double[] strays = own.mean() > 0 && base.mean() > 0 ? ofRatio(control, arm, random) : null;
        if (strays == null) {
            double error = Math.sqrt(own.squaredError() + base.squaredError());
            strays = ofDifference(control, arm, random);
            double reach = quantile(strays, confidence) * error;
            double seen = error > 0 ? Math.abs(difference) / error : difference == 0 ? 0 : Double.POSITIVE_INFINITY;
            return new MeanDifference(difference, new Interval(difference - reach, difference + reach), share(strays, seen), lift, null, rough);
        }
        double reach = quantile(strays, confidence);
        double middle = Math.log(own.mean() / base.mean());
        double logReach = reach * logError(own, base);
        return new MeanDifference(difference, interval(base, own, reach), share(strays, reachOfNothing(base, own, strays[SAMPLES - 1])), lift,
                new Interval(Math.expm1(middle - logReach), Math.expm1(middle + logReach)), rough);
    }

    /** How far the logarithm of the ratio strays, in its errors; {@code null} where some samples can't tell, for want of anything but nothing. */
    private static double @Nullable [] ofRatio(Amounts control, Amounts arm, RandomGenerator random) {
        double middle = Math.log(arm.moments().mean() / control.moments().mean());
        return drawn(control, arm, random, (base, own) -> {
            double error = base.mean() > 0 && own.mean() > 0 ? logError(own, base) : 0;
            return error == 0 ? Double.NaN : Math.abs(Math.log(own.mean() / base.mean()) - middle) / error;
        });
    }

    private static double[] ofDifference(Amounts control, Amounts arm, RandomGenerator random) {
        double middle = arm.moments().mean() - control.moments().mean();
        return Objects.requireNonNull(drawn(control, arm, random, (base, own) -> {
            double error = Math.sqrt(own.squaredError() + base.squaredError());
            return error == 0 ? 0 : Math.abs(own.mean() - base.mean() - middle) / error;
        }));
    }

    /** @param stray of one sample, from the control's moments and the arm's; not a number where it can't tell @return of all, sorted; {@code null}: one couldn't tell */
    private static double @Nullable [] drawn(Amounts control, Amounts arm, RandomGenerator random, ToDoubleBiFunction<Amounts.Moments, Amounts.Moments> stray) {
        double[] strays = new double[SAMPLES];
        for (int n = 0; n < SAMPLES; n++) {
            var base = control.again(random);
            strays[n] = stray.applyAsDouble(base, arm.again(random));
            if (Double.isNaN(strays[n])) {
                return null;
            }
        }
        Arrays.sort(strays);
        return strays;
    }

    /** @param reach of each mean's interval, in errors of its logarithm */
    static Interval interval(Amounts.Moments base, Amounts.Moments own, double reach) {
        double difference = own.mean() - base.mean();
        return new Interval(difference - Math.hypot(arm(own, -reach), arm(base, reach)), difference + Math.hypot(arm(own, reach), arm(base, -reach)));
    }

    private static double arm(Amounts.Moments mean, double reach) {
        return mean.mean() * Math.expm1(reach * Math.sqrt(mean.squaredError()) / mean.mean());
    }

    /** The least reach at which the interval holds 0; at {@code most} at the highest. By halving: an interval grows with its reach. */
    private static double reachOfNothing(Amounts.Moments base, Amounts.Moments own, double most) {
        double low = 0;
        double high = most;
        if (!interval(base, own, high).holds(0)) {
            return Double.POSITIVE_INFINITY;
        }
        while (high - low > 1e-12 * most) {
            double middle = (low + high) / 2;
            if (interval(base, own, middle).holds(0)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /** Of chance's doing alone: the samples that stray as far as what was seen, itself counted among them (Davison, Hinkley, Bootstrap Methods, 1997, section 4.2). */
    private static double share(double[] strays, double seen) {
        return (1.0 + Arrays.stream(strays).filter(stray -> stray >= seen).count()) / (SAMPLES + 1);
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
