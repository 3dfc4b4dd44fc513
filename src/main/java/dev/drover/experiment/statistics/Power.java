package dev.drover.experiment.statistics;

import static dev.drover.experiment.statistics.ChiSquare.square;

import dev.drover.kernel.Checks;
import dev.drover.kernel.Problem;

/**
 * What an experiment of a size can see, before it begins: two rates compared by the normal approximation (as R's {@code power.prop.test}; J. L. Fleiss,
 * Statistical Methods for Rates and Proportions, 1981), several variants each with the control, corrected by Bonferroni, which is where Holm begins.
 *
 * @param variants   2 to 8 with the control, all of one size
 * @param confidence such as 0.95
 * @param power      the chance to see a difference that is there, such as 0.8
 */
public record Power(int variants, double confidence, double power) {

    private static final int STEPS = 200;
    /** As many people as there are. */
    private static final double MOST = 8e9;

    /** @throws dev.drover.kernel.Problem rejected, naming the field */
    public Power {
        var checks = new Checks();
        if (variants < 2 || variants > Arm.MOST) {
            checks.fail("variants", "An experiment compares 2 to %d variants, the control among them.".formatted(Arm.MOST));
        }
        if (!(confidence > 0.5 && confidence < 1)) {
            checks.fail("confidence", "The confidence is above 50 % and below 100 %, such as 95 %.");
        }
        if (!(power > 0 && power < 1)) {
            checks.fail("power", "The power is between 0 % and 100 %, such as 80 %.");
        }
        checks.orThrow();
    }

    /**
     * @param base   the control's rate
     * @param better the rate that is to be told from it
     * @return how many recipients each variant needs, as a real number; round up
     */
    public double recipients(double base, double better) {
        checkRate("rate", base);
        checkRate("better", better);
        if (base == better) {
            throw Problem.invalid("better", "No size tells two equal rates apart: say the difference that would matter.");
        }
        double together = base + better;
        return square((zAlpha() * Math.sqrt(together * (1 - together / 2)) + Distributions.normalAbove(1 - power) * Math.sqrt(spread(base, better))) / (better - base));
    }

    /** The chance to see the difference with so many recipients for each variant. */
    public double reached(double recipients, double base, double better) {
        double together = base + better;
        return Distributions.normal((Math.sqrt(recipients) * Math.abs(better - base) - zAlpha() * Math.sqrt(together * (1 - together / 2))) / Math.sqrt(spread(base, better)));
    }

    /**
     * @param recipients of each variant
     * @return the smallest higher rate that would be seen; 1 where not even that would
     */
    public double smallestSeen(long recipients, double base) {
        checkRate("rate", base);
        if (recipients < 1 || recipients > MOST) {
            throw Problem.invalid("recipients", "Say how many recipients each variant gets: 1 or more.");
        }
        double low = base;
        double high = 1;
        for (int step = 0; step < STEPS && high - low > 1e-14; step++) {
            double middle = (low + high) / 2;
            if (middle > base && reached(recipients, base, middle) >= power) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private double zAlpha() {
        return Distributions.normalAbove((1 - confidence) / (variants - 1) / 2);
    }

    private static double spread(double base, double better) {
        return base * (1 - base) + better * (1 - better);
    }

    private static void checkRate(String field, double rate) {
        if (!(rate > 0 && rate < 1)) {
            throw Problem.invalid(field, "A rate is above 0 % and below 100 %.");
        }
    }
}
