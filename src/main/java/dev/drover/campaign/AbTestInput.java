package dev.drover.campaign;

import dev.drover.campaign.AbTest.Metric;
import dev.drover.campaign.AbTest.Variable;
import dev.drover.campaign.AbTest.Variant;
import dev.drover.kernel.Checks;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a campaign's {@code experiment} as it was sent, and says what is wrong with it at its field, such as {@code experiment.variants[1].subject}. */
final class AbTestInput {

    static final double SHARE = 0.2;
    static final double HOURS = 4;
    static final double CONFIDENCE = 0.95;
    private static final double LONGEST_HOURS = 30 * 24;
    private static final double MINUTES = 60;
    private static final int MOST = 8;
    private static final int LONGEST_ID = 20;
    private static final double MOST_SAMPLE = 1e9;
    private static final double UNSHARP = 0.001;

    private final Checks checks;
    private final Map<String, Object> given;

    private AbTestInput(Checks checks, Map<String, Object> given) {
        this.checks = checks;
        this.given = given;
    }

    /** One that was checked when it came in. */
    static AbTest of(Map<String, Object> given) {
        var checks = new Checks();
        var test = read(checks, given);
        checks.orThrow();
        return Objects.requireNonNull(test);
    }

    /** @return {@code null}: something is wrong, which the checks know */
    static @Nullable AbTest read(Checks checks, @Nullable Map<String, Object> given) {
        if (given == null) {
            checks.fail("experiment", "Say what is tried out: {\"metric\": \"click_rate\", \"variable\": \"subject_line\", \"variants\": [{\"id\": \"A\", \"weight\": 0.5}, {\"id\": \"B\", \"weight\": 0.5, \"subject\": \"…\"}]}.");
            return null;
        }
        return new AbTestInput(checks, given).read();
    }

    private @Nullable AbTest read() {
        var metric = oneOf("metric", Metric.values(), Metric::key, Metric.OPEN_RATE);
        var variable = oneOf("variable", Variable.values(), Variable::key, Variable.SUBJECT_LINE);
        double share = number("experiment.testShare", given.get("testShare"), SHARE);
        if (!(share > 0 && share <= 1)) {
            checks.fail("experiment.testShare", "testShare is the part of the audience that is in the test, such as 0.2: above 0, at most 1.");
        }
        double hours = number("experiment.waitHours", given.get("waitHours"), HOURS);
        if (!(hours * MINUTES >= 1 && hours <= LONGEST_HOURS)) {
            checks.fail("experiment.waitHours", "waitHours is how long reactions are waited for, such as 4: a minute to %,.0f hours.".formatted(LONGEST_HOURS));
        }
        double said = number("experiment.confidence", given.get("confidence"), CONFIDENCE);
        double confidence = said > 1 ? said / 100 : said;
        if (!(confidence > 0.5 && confidence < 1)) {
            checks.fail("experiment.confidence", "confidence is such as 0.95, or 95: above 50 %, below 100 %.");
        }
        double sample = number("experiment.minimumSample", given.get("minimumSample"), 1);
        if (!(sample >= 1 && sample <= MOST_SAMPLE && sample == Math.floor(sample))) {
            checks.fail("experiment.minimumSample", "minimumSample is how many recipients each variant needs: a whole number of 1 or more.");
        }
        String zone = text(given.get("timeZone"));
        checks.zone("experiment.timeZone", zone);
        var variants = variants(variable);
        return !checks.ok() ? null : new AbTest(metric, variable, variants, share, Duration.ofSeconds(Math.round(hours * MINUTES * MINUTES)), confidence,
                text(given.get("minimumSample")) == null ? null : (int) sample, !"false".equalsIgnoreCase(text(given.get("automaticWinner"))), ZoneId.of(zone == null ? "UTC" : zone));
    }

    private List<Variant> variants(Variable variable) {
        var variants = new ArrayList<Variant>();
        if (!(given.get("variants") instanceof List<?> list) || list.size() < 2 || list.size() > MOST) {
            checks.fail("experiment.variants", "A test compares 2 to %d variants, the first being the control%s.".formatted(MOST, given.get("variants") instanceof List<?> some ? "; these are " + some.size() : ""));
            return variants;
        }
        var seen = new HashSet<String>();
        double sum = 0;
        for (int n = 0; n < list.size(); n++) {
            var variant = variant("experiment.variants[%d].".formatted(n), list.get(n) instanceof Map<?, ?> map ? map : Map.of(), variable, n, list.size());
            if (variant.sendTime() != null && variants.stream().anyMatch(other -> variant.sendTime().equals(other.sendTime()))) {
                checks.fail("experiment.variants[%d].sendTime".formatted(n), "There are two variants at %s: each needs a time of its own.".formatted(variant.sendTime()));
            }
            if (!seen.add(variant.id())) {
                checks.fail("experiment.variants[%d].id".formatted(n), "There are two variants '%s': each needs an id of its own.".formatted(variant.id()));
            }
            sum += variant.weight();
            variants.add(variant);
        }
        if (Math.abs(sum - 1) > UNSHARP && Math.abs(sum - 100) > 100 * UNSHARP) {
            checks.fail("experiment.variants", "The weights add up to %s: make it 1, or 100.".formatted(Math.round(sum * 1_000) / 1_000.0));
        }
        return variants;
    }

    private Variant variant(String at, Map<?, ?> one, Variable variable, int n, int of) {
        var variant = new Variant(Objects.requireNonNullElse(text(one.get("id")), ""), number(at + "weight", one.get("weight"), 1.0 / of), text(one.get("subject")), text(one.get("template")),
                text(one.get("fromName")), time(at, text(one.get("sendTime"))));
        checks.required(at + "id", variant.id()).atMost(at + "id", variant.id(), LONGEST_ID).atMost(at + "subject", variant.subject(), 200).atMost(at + "template", variant.template(), 200)
                .atMost(at + "fromName", variant.fromName(), 100);
        if (!(variant.weight() > 0)) {
            checks.fail(at + "weight", "weight is the variant's share of the test: a number above 0.");
        }
        for (Variable each : Variable.values()) {
            String said = text(one.get(each.field));
            if (said != null && said.chars().anyMatch(Character::isISOControl)) {
                checks.fail(at + each.field, "This goes into one line: leave line breaks out.");
            } else if (said == null && each == variable && n > 0) {
                // The control may be the campaign as it is.
                checks.fail(at + each.field, "Say what is different in variant '%s'.".formatted(variant.id()));
            } else if (said != null && each != variable) {
                checks.fail(at + each.field, "The variants differ in one thing, so that it is known what made the difference: this test is about %s.".formatted(variable.key()));
            }
        }
        return variant;
    }

    private @Nullable LocalTime time(String at, @Nullable String said) {
        try {
            return said == null ? null : LocalTime.parse(said).withSecond(0).withNano(0);
        } catch (DateTimeException unreadable) {
            checks.fail(at + "sendTime", "'%s' is no time of day, such as 09:00.".formatted(said));
            return null;
        }
    }

    private <E> E oneOf(String field, E[] all, Function<E, String> key, E otherwise) {
        String said = text(given.get(field));
        if (said == null) {
            return otherwise;
        }
        for (E one : all) {
            if (key.apply(one).equalsIgnoreCase(said)) {
                return one;
            }
        }
        checks.fail("experiment." + field, "There is no '%s'. Use %s.".formatted(said, String.join(", ", Arrays.stream(all).map(key).toList())));
        return otherwise;
    }

    private double number(String field, @Nullable Object said, double otherwise) {
        String text = text(said);
        try {
            double number = text == null ? otherwise : Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like an infinite one.
        }
        checks.fail(field, "'%s' is no number.".formatted(text));
        return otherwise;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null || value.toString().isBlank() ? null : value.toString().strip();
    }
}
