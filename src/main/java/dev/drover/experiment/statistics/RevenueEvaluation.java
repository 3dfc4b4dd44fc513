package dev.drover.experiment.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What amounts say of variants, looked at once at the end: each with the control, the first, by {@link MeanDifference}.
 *
 * @param winner as of {@link Evaluation}; {@code null}: none is proven
 */
public record RevenueEvaluation(double confidence, List<Group> groups, List<Comparison> others, SampleRatio sampleRatio, @Nullable String winner) {

    /** @param weight the share it was meant to have */
    public record Group(String id, Amounts amounts, double weight) {}

    /**
     * @param pValue     corrected for how many are compared with the control (Holm)
     * @param difference {@code null}: too few spent anything, see {@link MeanDifference#LEAST}
     */
    public record Comparison(String id, double pValue, @Nullable MeanDifference difference) {}

    public static RevenueEvaluation of(List<Group> groups, double confidence, RandomGenerator random) {
        var control = groups.getFirst();
        var others = groups.subList(1, groups.size());
        var differences = new ArrayList<@Nullable MeanDifference>();
        others.forEach(group -> differences.add(MeanDifference.of(control.amounts(), group.amounts(), confidence, random)));
        double[] corrected = Holm.adjust(differences.stream().mapToDouble(each -> each == null ? 1 : each.pValue()).toArray());
        var compared = new ArrayList<Comparison>();
        for (int n = 0; n < others.size(); n++) {
            compared.add(new Comparison(others.get(n).id(), corrected[n], differences.get(n)));
        }
        var ratio = SampleRatio.of(groups.stream().map(group -> new Arm(group.id(), group.amounts().people(), 0, group.weight())).toList());
        return new RevenueEvaluation(confidence, List.copyOf(groups), List.copyOf(compared), ratio, ratio.alarm() ? null : best(groups, compared, 1 - confidence));
    }

    /** Whether one of the comparisons is, see {@link MeanDifference}. */
    public boolean rough() {
        return others.stream().anyMatch(each -> each.difference() != null && each.difference().rough());
    }

    private static @Nullable String best(List<Group> groups, List<Comparison> compared, double limit) {
        String best = null;
        double most = 0;
        for (Comparison each : compared) {
            if (each.difference() != null && each.pValue() < limit && each.difference().difference() > most) {
                most = each.difference().difference();
                best = each.id();
            }
        }
        boolean allWorse = compared.stream().allMatch(each -> each.difference() != null && each.pValue() < limit && each.difference().difference() < 0);
        return best == null && allWorse ? groups.getFirst().id() : best;
    }
}
