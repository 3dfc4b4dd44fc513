package dev.drover.campaign;

import dev.drover.campaign.Campaign.Content;
import dev.drover.experiment.Assignment;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign tries out on a part of its audience before the rest gets one of it.
 *
 * @param variants        2 to 8; the first is the control
 * @param testShare       of the audience, above 0 to 1; 1: everybody is in the test, nobody is left for a winner
 * @param waitsFor        from when the test groups are queued to when it is decided
 * @param confidence      above 0.5 and below 1
 * @param minimumSample   of each variant: with fewer it isn't begun, and nothing is proven; {@code null}: the installation's
 * @param automaticWinner or somebody is asked when the wait is over
 */
record AbTest(Metric metric, Variable variable, List<Variant> variants, double testShare, Duration waitsFor, double confidence, @Nullable Integer minimumSample, boolean automaticWinner) {

    /** What the variants differ in. */
    enum Variable {
        SUBJECT_LINE("subject"), CONTENT("template"), FROM_NAME("fromName");

        /** The variant's field that says it. */
        final String field;

        Variable(String field) {
            this.field = field;
        }

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    enum Metric {
        OPEN_RATE, CLICK_RATE, CONVERSION_RATE, REVENUE;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is another than the campaign's own; {@code null}: nothing. @param weight above 0, all of them together 1 or 100 */
    record Variant(String id, double weight, @Nullable String subject, @Nullable String template, @Nullable String fromName) {

        Content of(Content own) {
            return new Content(template == null ? own.template() : template, subject == null ? own.subject() : subject, own.preheader(), fromName == null ? own.fromName() : fromName,
                    own.fromEmail(), own.replyTo());
        }
    }

    /** Who gets which: the same whatever restarts. */
    Assignment assignment(long campaign, int run) {
        var weights = new LinkedHashMap<String, Double>();
        variants.forEach(variant -> weights.put(variant.id(), variant.weight()));
        return Assignment.of("campaign:%d:%d".formatted(campaign, run), weights, testShare);
    }

    Variant control() {
        return variants.getFirst();
    }

    int indexOf(String id) {
        for (int n = 0; n < variants.size(); n++) {
            if (variants.get(n).id().equals(id)) {
                return n;
            }
        }
        return -1;
    }

    /** Of the whole audience, what the variant with the smallest weight gets. */
    double smallestShare() {
        return testShare * variants.stream().mapToDouble(Variant::weight).min().orElseThrow() / variants.stream().mapToDouble(Variant::weight).sum();
    }

    /** How many recipients all in all that takes, so that the smallest group has so many. */
    long audienceFor(long sample) {
        return (long) Math.ceil(sample / smallestShare() - 1e-9);
    }
}
