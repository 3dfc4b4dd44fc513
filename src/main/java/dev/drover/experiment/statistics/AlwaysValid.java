package dev.drover.experiment.statistics;

import org.apache.commons.numbers.gamma.LogBeta;

/**
 * Two variants compared in a way that stays true however often one looks, and whenever one stops. Of those who succeeded, each belongs to the arm with
 * the chance its weight gives it, if both rates are one: whatever the rate is, however it drifts with the hours, however late an open is seen. Against
 * that stands a mixture of all other chances (a beta distribution about it), and their ratio is a martingale that exceeds 1/α with a chance of α at most,
 * ever (J. Ville 1939; H. Robbins, Annals of Mathematical Statistics 41, 1970; M. Lindon and A. Malek, "Anytime-Valid Inference for Multinomial Count
 * Data", NeurIPS 2022). No approximation is in it. The price: for rates p that aren't small it takes about 1/(1 − p) times as many as a test that also
 * looks at those who didn't succeed.
 *
 * @param pValue always valid: below α by chance in a share α of experiments at most, over all looks together
 * @param lift   always valid interval of how much more often the arm succeeds than the control, as a share: 0.1 is a tenth more; to infinity where
 *               nothing limits it
 */
public record AlwaysValid(double pValue, Interval lift) {

    /** How closely the mixture keeps to equal rates: its most likely lifts are about a fifth either way, which is what variants differ by in practice. */
    private static final double CONCENTRATION = 100;
    private static final int STEPS = 200;

    /** @param confidence of the interval */
    public static AlwaysValid of(Arm control, Arm arm, double confidence) {
        double equal = arm.weight() / (arm.weight() + control.weight());
        return new AlwaysValid(Math.min(1, Math.exp(-evidence(control, arm, equal, equal))), lift(control, arm, equal, Math.log(1 / (1 - confidence))));
    }

    /** The logarithm of how much better the mixture foretold the successes than this chance of belonging to the arm does. */
    private static double evidence(Arm control, Arm arm, double equal, double chance) {
        double a = CONCENTRATION * equal;
        double b = CONCENTRATION * (1 - equal);
        return LogBeta.value(arm.successes() + a, control.successes() + b) - LogBeta.value(a, b)
                - times(arm.successes(), Math.log(chance)) - times(control.successes(), Math.log1p(-chance));
    }

    /** Nothing of an infinity is nothing: a chance of 0 isn't against what never happened. */
    private static double times(long count, double logarithm) {
        return count == 0 ? 0 : count * logarithm;
    }

    private static Interval lift(Arm control, Arm arm, double equal, double limit) {
        long all = arm.successes() + control.successes();
        double likeliest = all == 0 ? equal : (double) arm.successes() / all;
        double odds = equal / (1 - equal);
        double low = arm.successes() == 0 || all == 0 ? 0 : edge(control, arm, equal, limit, likeliest, 0);
        double high = control.successes() == 0 || all == 0 ? 1 : edge(control, arm, equal, limit, likeliest, 1);
        return new Interval(low / (1 - low) / odds - 1, high == 1 ? Double.POSITIVE_INFINITY : high / (1 - high) / odds - 1);
    }

    /** Where between a chance within the limit and one beyond it the limit lies; the evidence grows all the way. */
    private static double edge(Arm control, Arm arm, double equal, double limit, double within, double beyond) {
        double inner = within;
        double outer = beyond;
        for (int step = 0; step < STEPS && Math.abs(outer - inner) > 1e-12; step++) {
            double middle = (inner + outer) / 2;
            if (evidence(control, arm, equal, middle) < limit) {
                inner = middle;
            } else {
                outer = middle;
            }
        }
        return inner;
    }
}
