package dev.drover.campaign;

import dev.drover.campaign.Campaign.Content;
import dev.drover.experiment.Assignment;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
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
 * @param zone            whose clock the variants' times are read from
 */
record AbTest(Metric metric, Variable variable, List<Variant> variants, double testShare, Duration waitsFor, double confidence, @Nullable Integer minimumSample, boolean automaticWinner, ZoneId zone) {

    /** What the variants differ in. */
    enum Variable {
        SUBJECT_LINE("subject"), CONTENT("template"), FROM_NAME("fromName"), SEND_TIME("sendTime");

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

    /** What is another than the campaign's own; {@code null}: nothing. @param weight above 0, all of them together 1 or 100 @param sendTime of the day; {@code null}: when the campaign begins */
    record Variant(String id, double weight, @Nullable String subject, @Nullable String template, @Nullable String fromName, @Nullable LocalTime sendTime) {

        Content of(Content own) {
            return new Content(template == null ? own.template() : template, subject == null ? own.subject() : subject, own.preheader(), fromName == null ? own.fromName() : fromName,
                    own.fromEmail(), own.replyTo());
        }
    }

    /** When a variant of those in the test is due. @param begins when the campaign does */
    Instant due(Variant variant, Instant begins) {
        return variant.sendTime() == null ? begins : next(variant.sendTime(), begins);
    }

    /** When the rest gets it. @param begun when the campaign did @param decided when it was chosen */
    Instant dueForRest(Variant variant, Instant begun, Instant decided) {
        return variable != Variable.SEND_TIME ? decided : next(variant.sendTime() == null ? begun.atZone(zone).toLocalTime() : variant.sendTime(), decided);
    }

    /** The last of its variants is due then. */
    Instant lastDue(Instant begins) {
        return variants.stream().map(variant -> due(variant, begins)).max(Instant::compareTo).orElse(begins);
    }

    /** As with what comes again: a time that the clocks skip comes as much later, one that comes twice the first time only. */
    private Instant next(LocalTime time, Instant from) {
        return new Recurrence(List.of(DayOfWeek.values()), time, zone, null).next(from.minusNanos(1)).orElseThrow();
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
