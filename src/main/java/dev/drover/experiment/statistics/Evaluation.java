package dev.drover.experiment.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What counts of successes say of variants, looked at once at the end ({@link #overall}, {@link #winner}) and however often one likes ({@link #soonWinner}).
 * The first variant is the control: where nothing is proven, it is kept.
 *
 * @param confidence above 0.5 and below 1
 * @param overall    all variants together; with two it is their comparison
 * @param others     each variant but the control, compared with it, in order
 * @param winner     proven to be best, the control where all others are proven worse; {@code null}: none is, or the split isn't what it was meant to be
 * @param soonWinner the same, by the test that may be looked at any time
 * @param rough      so few successes are expected somewhere that {@link #overall} is inexact
 */
public record Evaluation(double confidence, List<Rate> rates, ChiSquare overall, List<Comparison> others, SampleRatio sampleRatio, @Nullable String winner,
        @Nullable String soonWinner, boolean rough) {

    /** @param interval Wilson's, of this variant alone */
    public record Rate(Arm arm, Interval interval) {}

    /**
     * @param difference of the rates, at the confidence asked for
     * @param pValue     corrected for how many are compared with the control (Holm)
     * @param anyTime    always valid; its p-value is corrected the same way, its interval by Bonferroni
     */
    public record Comparison(Arm arm, Interval difference, double pValue, AlwaysValid anyTime) {}

    /** @throws dev.drover.kernel.Problem rejected, naming the fields, see {@link Arm#check} */
    public static Evaluation of(List<Arm> arms, double confidence) {
        Arm.check(arms);
        var control = arms.getFirst();
        var others = arms.subList(1, arms.size());
        double each = 1 - (1 - confidence) / others.size();
        double[] once = Holm.adjust(others.stream().mapToDouble(arm -> ChiSquare.of(List.of(control, arm)).pValue()).toArray());
        var anyTime = others.stream().map(arm -> AlwaysValid.of(control, arm, each)).toList();
        double[] always = Holm.adjust(anyTime.stream().mapToDouble(AlwaysValid::pValue).toArray());
        var compared = new ArrayList<Comparison>();
        for (int n = 0; n < others.size(); n++) {
            compared.add(new Comparison(others.get(n), Proportions.difference(control, others.get(n), confidence), once[n], new AlwaysValid(always[n], anyTime.get(n).lift())));
        }
        var sampleRatio = SampleRatio.of(arms);
        var overall = ChiSquare.of(arms);
        boolean sound = !sampleRatio.alarm();
        return new Evaluation(confidence, arms.stream().map(arm -> new Rate(arm, Proportions.wilson(arm.successes(), arm.recipients(), confidence))).toList(), overall,
                List.copyOf(compared), sampleRatio, sound && overall.pValue() < 1 - confidence ? best(control, others, once, 1 - confidence) : null,
                sound ? best(control, others, always, 1 - confidence) : null, ChiSquare.rough(arms));
    }

    public Arm control() {
        return rates.getFirst().arm();
    }

    public boolean significant() {
        return overall.pValue() < 1 - confidence;
    }

    /** One that is proven better than the control and has the highest rate of those; the control, where every other is proven worse. */
    private static @Nullable String best(Arm control, List<Arm> others, double[] pValues, double limit) {
        var better = IntStream.range(0, others.size()).filter(n -> pValues[n] < limit && others.get(n).rate() > control.rate()).mapToObj(others::get)
                .max(Comparator.comparingDouble(Arm::rate));
        if (better.isPresent()) {
            return better.get().id();
        }
        return IntStream.range(0, others.size()).allMatch(n -> pValues[n] < limit) ? control.id() : null;
    }
}
