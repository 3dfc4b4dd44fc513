package dev.drover.experiment;

import dev.drover.experiment.statistics.Amounts;
import dev.drover.experiment.statistics.Arm;
import dev.drover.experiment.statistics.RevenueEvaluation.Group;
import dev.drover.kernel.Checks;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Counts that somebody wants evaluated.
 *
 * @param metric     {@code open_rate}, {@code click_rate}, {@code conversion_rate} or {@code revenue}; none: {@code open_rate}
 * @param confidence as a share (0.95) or in hundredths (95); none: 0.95
 * @param variants   the first is the control
 */
record EvaluationInput(@Nullable String metric, @Nullable Double confidence, @Nullable List<Variant> variants) {

    static final String REVENUE = "revenue";
    private static final List<String> METRICS = List.of("open_rate", "click_rate", "conversion_rate", REVENUE);
    private static final double USUAL = 0.95;
    private static final int MOST_AMOUNTS = 100_000;

    /**
     * @param successes opens, clicks or orders, each recipient once; not of revenue
     * @param weight    the share it was meant to have, of any sum; none: as much as the others
     * @param amounts   of revenue: what each who bought spent, those of nothing left out
     */
    record Variant(@Nullable String id, @Nullable Long recipients, @Nullable Long successes, @Nullable Double weight, @Nullable List<Double> amounts) {}

    boolean revenue() {
        return REVENUE.equals(metric);
    }

    /** As it was said: answers use the same unit. */
    boolean inHundredths() {
        return confidence != null && confidence > 1;
    }

    /** As a share. @throws dev.drover.kernel.Problem rejected at {@code confidence} */
    double level() {
        double level = confidence == null ? USUAL : inHundredths() ? confidence / 100 : confidence;
        if (!(level > 0.5 && level < 1)) {
            new Checks().fail("confidence", "The confidence is above 50 % and below 100 %: 0.95, or 95.").orThrow();
        }
        return level;
    }

    /** @throws dev.drover.kernel.Problem rejected, with every mistake at its field */
    List<Arm> arms() {
        checkShape();
        return variants().stream().map(each -> new Arm(each.id(), each.recipients(), each.successes(), Objects.requireNonNullElse(each.weight(), 1.0))).toList();
    }

    /** @throws dev.drover.kernel.Problem rejected, with every mistake at its field */
    List<Group> groups() {
        checkShape();
        Arm.check(variants().stream().map(each -> new Arm(each.id(), each.recipients(), Math.min(each.recipients(), each.amounts().size()), Objects.requireNonNullElse(each.weight(), 1.0))).toList());
        return variants().stream().map(each -> new Group(each.id(), new Amounts(each.recipients(), each.amounts().stream().mapToDouble(Double::doubleValue).toArray()),
                Objects.requireNonNullElse(each.weight(), 1.0))).toList();
    }

    private void checkShape() {
        var checks = new Checks();
        if (metric != null && !METRICS.contains(metric)) {
            checks.fail("metric", "metric is one of %s.".formatted(String.join(", ", METRICS)));
        }
        if (variants == null) {
            checks.fail("variants", "Say what is compared: variants, the control first.");
        }
        for (int n = 0; variants != null && n < variants.size(); n++) {
            String at = "variants[" + n + "].";
            var each = variants.get(n);
            if (each == null) {
                checks.fail("variants[" + n + "]", "A variant is {id, recipients, successes}.");
                continue;
            }
            checks.required(at + "id", each.id()).required(at + "recipients", each.recipients());
            if (!revenue()) {
                checks.required(at + "successes", each.successes());
            } else if (each.amounts() == null || each.amounts().size() > MOST_AMOUNTS || each.amounts().stream().anyMatch(amount -> amount == null || !Double.isFinite(amount) || Math.abs(amount) > 1e9)) {
                checks.fail(at + "amounts", "amounts is what each who bought spent: up to %,d numbers.".formatted(MOST_AMOUNTS));
            } else if (each.recipients() != null && each.amounts().size() > each.recipients()) {
                checks.fail(at + "amounts", "%d amounts of %d recipients: add up what each recipient spent.".formatted(each.amounts().size(), each.recipients()));
            }
        }
        checks.orThrow();
        level();
    }
}
