package dev.drover.experiment.statistics;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** Tails and quantiles, by Apache Commons Statistics. */
final class Distributions {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private Distributions() {}

    /** P(X > statistic); 1 where there is nothing to compare. */
    static double chiSquareTail(double statistic, int degreesOfFreedom) {
        return degreesOfFreedom == 0 ? 1 : ChiSquaredDistribution.of(degreesOfFreedom).survivalProbability(statistic);
    }

    static double normal(double z) {
        return NORMAL.cumulativeProbability(z);
    }

    /** The z that leaves this much above it. */
    static double normalAbove(double tail) {
        return NORMAL.inverseSurvivalProbability(tail);
    }

    /** The z of a two-sided interval: 1.96 for 0.95. */
    static double z(double confidence) {
        return normalAbove((1 - confidence) / 2);
    }
}
