package dev.drover.experiment.statistics;

import static dev.drover.experiment.statistics.ChiSquare.square;

/** Intervals of rates, and of the difference of two, that stay sensible for few recipients and rates near 0. */
public final class Proportions {

    private Proportions() {}

    /** Wilson's score interval (E. B. Wilson, JASA 22, 1927), without correction for continuity. Of nobody: 0 to 1. */
    public static Interval wilson(long successes, long recipients, double confidence) {
        if (recipients == 0) {
            return new Interval(0, 1);
        }
        double n = recipients;
        double rate = successes / n;
        double zz = square(Distributions.z(confidence));
        double middle = 2 * n * rate + zz;
        double reach = Math.sqrt(zz) * Math.sqrt(zz + 4 * n * rate * (1 - rate));
        // At the ends the formula gives 0 and 1 but for rounding.
        return new Interval(successes == 0 ? 0 : (middle - reach) / (2 * (n + zz)), successes == recipients ? 1 : (middle + reach) / (2 * (n + zz)));
    }

    /** How much higher the arm's rate is than the control's: Newcombe's hybrid score interval (R. G. Newcombe, Statistics in Medicine 17, 1998, 873-890, method 10). */
    public static Interval difference(Arm control, Arm arm, double confidence) {
        var own = wilson(arm.successes(), arm.recipients(), confidence);
        var other = wilson(control.successes(), control.recipients(), confidence);
        double gap = arm.rate() - control.rate();
        return new Interval(gap - Math.sqrt(square(arm.rate() - own.low()) + square(other.high() - control.rate())),
                gap + Math.sqrt(square(own.high() - arm.rate()) + square(control.rate() - other.low())));
    }
}
