package dev.drover.experiment.statistics;

import java.util.List;

/**
 * Pearson's test whether all variants have one rate, without Yates' correction (K. Pearson, Philosophical Magazine 50, 1900). Looks once, at the end:
 * whoever looks again and again asks {@link AlwaysValid}.
 *
 * @param degreesOfFreedom variants that got somebody, less one
 * @param pValue           how often chance alone gives as much; 1 where nothing can be compared
 */
public record ChiSquare(double statistic, int degreesOfFreedom, double pValue) {

    private static final double LEAST_EXPECTED = 5;

    /** A variant that got nobody is left out; all or nobody succeeding tells nothing apart. */
    public static ChiSquare of(List<Arm> arms) {
        var there = arms.stream().filter(arm -> arm.recipients() > 0).toList();
        int freedom = Math.max(0, there.size() - 1);
        double rate = pooled(there);
        if (freedom == 0 || rate == 0 || rate == 1) {
            return new ChiSquare(0, freedom, 1);
        }
        double statistic = there.stream().mapToDouble(arm -> square(arm.successes() - arm.recipients() * rate) / (arm.recipients() * rate * (1 - rate))).sum();
        return new ChiSquare(statistic, freedom, Distributions.chiSquareTail(statistic, freedom));
    }

    /** Whether so few are expected somewhere that the test is rough (W. G. Cochran, Biometrics 10, 1954). */
    static boolean rough(List<Arm> arms) {
        var there = arms.stream().filter(arm -> arm.recipients() > 0).toList();
        double rate = pooled(there);
        return there.stream().anyMatch(arm -> arm.recipients() * Math.min(rate, 1 - rate) < LEAST_EXPECTED);
    }

    private static double pooled(List<Arm> arms) {
        long recipients = arms.stream().mapToLong(Arm::recipients).sum();
        return recipients == 0 ? 0 : (double) arms.stream().mapToLong(Arm::successes).sum() / recipients;
    }

    static double square(double value) {
        return value * value;
    }
}
