package dev.drover.experiment.statistics;

import dev.drover.kernel.Checks;
import java.util.HashSet;
import java.util.List;

/**
 * One variant of an experiment, counted. The first of several is the control.
 *
 * @param recipients who got it
 * @param successes  of them, at most as many
 * @param weight     the share it was meant to have, of any sum
 */
public record Arm(String id, long recipients, long successes, double weight) {

    static final int MOST = 8;
    private static final long MOST_RECIPIENTS = 1_000_000_000_000L;

    /** 0 for nobody. */
    public double rate() {
        return recipients == 0 ? 0 : (double) successes / recipients;
    }

    long failures() {
        return recipients - successes;
    }

    /**
     * Two to eight, told apart, each possible.
     *
     * @throws dev.drover.kernel.Problem rejected with every mistake at its field, such as {@code variants[1].successes}
     */
    public static void check(List<Arm> arms) {
        var checks = new Checks();
        if (arms.size() < 2 || arms.size() > MOST) {
            checks.fail("variants", "An experiment compares 2 to %d variants; the first is the control. These are %d.".formatted(MOST, arms.size()));
        }
        var seen = new HashSet<String>();
        for (int n = 0; n < arms.size(); n++) {
            var arm = arms.get(n);
            String at = "variants[" + n + "].";
            checks.required(at + "id", arm.id()).atMost(at + "id", arm.id(), 100);
            if (!seen.add(arm.id())) {
                checks.fail(at + "id", "There are two variants '%s': each needs a name of its own.".formatted(arm.id()));
            }
            if (arm.recipients() < 0 || arm.recipients() > MOST_RECIPIENTS) {
                checks.fail(at + "recipients", "recipients is a count: 0 or more.");
            }
            if (arm.successes() < 0) {
                checks.fail(at + "successes", "successes is a count: 0 or more.");
            } else if (arm.successes() > arm.recipients()) {
                checks.fail(at + "successes", "%d successes of %d recipients: count each recipient once.".formatted(arm.successes(), arm.recipients()));
            }
            if (!(arm.weight() > 0) || Double.isInfinite(arm.weight())) {
                checks.fail(at + "weight", "weight is the share a variant was meant to have: a number above 0.");
            }
        }
        checks.orThrow();
    }
}
