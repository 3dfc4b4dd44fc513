package dev.drover.campaign;

import dev.drover.audience.Shown;
import dev.drover.campaign.AbTest.Metric;
import dev.drover.experiment.statistics.Power;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether a campaign's audience is large enough for what it tries out, and what can be seen with it. */
@Component
class AbTestSize {

    private static final double POWER = 0.8;

    private final AbTests tests;

    AbTestSize(AbTests tests) {
        this.tests = tests;
    }

    /** Recipients that each variant needs, where the test says nothing else. */
    int usualMinimum() {
        return tests.usualMinimum();
    }

    /** @param recipients of the campaign @return {@code null}: enough */
    @Nullable String problem(AbTest test, long recipients) {
        int needed = tests.minimum(test);
        long smallest = smallest(test, recipients);
        if (smallest >= needed) {
            return null;
        }
        return "The test is too small: of %s a variant gets about %s, and %s of each are needed, which takes %s at this share. Test on a larger share, with fewer variants, or send to more."
                .formatted(recipients(recipients), Shown.number(smallest), Shown.number(needed), recipients(test.audienceFor(needed)));
    }

    private static String recipients(long count) {
        return Shown.number(count) + (count == 1 ? " recipient" : " recipients");
    }

    /** What a marketer may expect of it, in a sentence; the control's rate is assumed, as most newsletters have it. */
    String words(AbTest test, long recipients) {
        long all = Math.round(recipients * test.testShare());
        long each = smallest(test, recipients);
        if (each < 1) {
            return "Nobody would be in the test.";
        }
        double usual = usual(test.metric());
        double seen = new Power(test.variants().size(), test.confidence(), POWER).smallestSeen(each, usual);
        String groups = "With %s recipients in the test, about %s for each variant,".formatted(Shown.number(all), Shown.number(each));
        if (seen >= 1) {
            return groups + " no difference can be seen: test on a larger share, or send to more.";
        }
        return "%s you can see a lift of %.0f %% or more: from %s to %s %s, say.%s".formatted(groups, Math.ceil(100 * (seen / usual - 1)), percent(usual), percent(seen), did(test.metric()),
                test.metric() == Metric.REVENUE ? " Revenue varies more than that, and takes more." : "");
    }

    private static long smallest(AbTest test, long recipients) {
        return (long) Math.floor(recipients * test.smallestShare() + 1e-9);
    }

    private static double usual(Metric metric) {
        return switch (metric) {
            case OPEN_RATE -> 0.25;
            case CLICK_RATE -> 0.03;
            case CONVERSION_RATE, REVENUE -> 0.01;
        };
    }

    private static String did(Metric metric) {
        return switch (metric) {
            case OPEN_RATE -> "who open it";
            case CLICK_RATE -> "who click";
            case CONVERSION_RATE, REVENUE -> "who order";
        };
    }

    private static String percent(double share) {
        return String.format(Locale.ENGLISH, "%.1f %%", 100 * share);
    }
}
