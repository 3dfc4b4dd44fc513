package dev.drover.experiment;

import dev.drover.experiment.statistics.AlwaysValid;
import dev.drover.experiment.statistics.Arm;
import dev.drover.experiment.statistics.Evaluation;
import dev.drover.experiment.statistics.Interval;
import dev.drover.experiment.statistics.MeanDifference;
import dev.drover.experiment.statistics.RevenueEvaluation;
import dev.drover.experiment.statistics.SampleRatio;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Results in a sentence that a marketer can act upon. */
public final class Findings {

    private static final String ROUGH = " Take it as rough: fewer than %d bought in one of them, and a few large orders could change it.".formatted(MeanDifference.FEW);
    /** Elevenfold: a limit that is no limit for anything a marketer decides. */
    private static final double BEYOND = 10;

    private Findings() {}

    /** Of an experiment that is over. */
    public static String of(Evaluation found) {
        if (found.sampleRatio().alarm()) {
            return mismatch(found.sampleRatio());
        }
        var control = found.control();
        if (found.winner() == null) {
            return "No winner: keep %s. The differences are no larger than chance makes them.".formatted(control.id());
        }
        if (found.winner().equals(control.id())) {
            return "Keep %s: %s.".formatted(control.id(), found.others().size() == 1 ? "it is proven better than " + found.others().getFirst().arm().id() : "it is proven better than every other");
        }
        var best = found.others().stream().filter(each -> each.arm().id().equals(found.winner())).findFirst().orElseThrow();
        return "%s wins: %s against %s’s %s, which is %s points more (%s to %s).".formatted(best.arm().id(), percent(best.arm().rate()), control.id(), percent(control.rate()),
                points(best.arm().rate() - control.rate()), points(best.difference().low()), points(best.difference().high()));
    }

    /** Of one that goes on: may be asked at any time. */
    public static String soFar(Evaluation found) {
        if (found.sampleRatio().alarm()) {
            return mismatch(found.sampleRatio());
        }
        var control = found.control();
        if (found.soonWinner() == null) {
            return "Not proven yet: keep %s, or wait for more. You may look as often as you like.".formatted(control.id());
        }
        if (found.soonWinner().equals(control.id())) {
            return "Proven: %s is better. You may stop here and keep it.".formatted(control.id());
        }
        AlwaysValid lift = found.others().stream().filter(each -> each.arm().id().equals(found.soonWinner())).findFirst().orElseThrow().anyTime();
        return "Proven: %s does better than %s, by %s. You may stop here.".formatted(found.soonWinner(), control.id(), range(lift.lift()));
    }

    /** Of amounts, at the end. */
    public static String of(RevenueEvaluation found) {
        if (found.sampleRatio().alarm()) {
            return mismatch(found.sampleRatio());
        }
        String control = found.groups().getFirst().id();
        if (found.others().stream().allMatch(each -> each.difference() == null)) {
            return "Too few have bought to say anything: %d in each variant are needed.".formatted(MeanDifference.LEAST);
        }
        String verdict = found.winner() == null ? "No winner in revenue: keep %s. The differences are no larger than chance makes them.".formatted(control)
                : found.winner().equals(control) ? "Keep %s: it is proven to bring more.".formatted(control) : "%s is proven to bring more than %s.".formatted(found.winner(), control);
        return found.rough() ? verdict + ROUGH : verdict;
    }

    private static String mismatch(SampleRatio ratio) {
        return "Don’t trust this experiment: the variants didn’t get the shares they were meant to (that happens by chance once in %s times). Find out why first."
                .formatted(ratio.pValue() < 1e-9 ? "a thousand million" : String.format(Locale.ENGLISH, "%,.0f", 1 / ratio.pValue()));
    }

    /** What marketing brought in money, which a few large orders decide where few bought. */
    static String revenueLift(String who, @Nullable MeanDifference found) {
        return lift(who, "spent", found) + (found != null && found.rough() ? ROUGH : "");
    }

    /** What marketing brought. @param done such as {@code ordered}, {@code spent} */
    static String lift(String who, String done, @Nullable MeanDifference found) {
        if (found == null) {
            return "Too few have ordered to say whether marketing brings anything: %d in each group are needed.".formatted(MeanDifference.LEAST);
        }
        Interval range = found.liftRange();
        Double lift = found.lift();
        if (range == null || lift == null) {
            return "%s %s, but by how much can’t be said.".formatted(who, found.difference() >= 0 ? done + " more" : done + " less");
        }
        return "%s %s %s %s (%s to %s): %s.".formatted(who, done, percent(Math.abs(lift)), lift >= 0 ? "more" : "less", signed(range.low()), signed(range.high()), proven(found) ? "proven" : "not proven yet");
    }

    static boolean proven(MeanDifference found) {
        return found.liftRange() != null && !found.liftRange().holds(0);
    }

    private static String range(Interval lift) {
        return lift.high() > BEYOND ? "at least " + percent(lift.low()) : lift.low() < 0 ? signed(lift.low()) + " to " + signed(lift.high())
                : percent(lift.low()) + " to " + percent(lift.high());
    }

    static String percent(double share) {
        return String.format(Locale.ENGLISH, Math.abs(share) < 0.01 && share != 0 ? "%.2f %%" : "%.1f %%", share * 100);
    }

    /** With its sign, a true minus. */
    static String signed(double share) {
        return Double.isInfinite(share) ? "no limit" : share > BEYOND ? "beyond +1000 %" : (share < 0 ? "−" : "+") + percent(Math.abs(share));
    }

    static String points(double share) {
        return String.format(Locale.ENGLISH, "%s%.2f", share < 0 ? "−" : "", Math.abs(share) * 100);
    }

    /** How often chance alone does as much. */
    static String chance(double pValue) {
        return pValue < 0.0001 ? "< 0.0001" : String.format(Locale.ENGLISH, "%.4f", pValue);
    }

    static String counts(Arm arm) {
        return String.format(Locale.ENGLISH, "%,d of %,d", arm.successes(), arm.recipients());
    }
}
