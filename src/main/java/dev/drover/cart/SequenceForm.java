package dev.drover.cart;

import dev.drover.cart.SequenceInput.OfferInput;
import dev.drover.cart.SequenceInput.StepInput;
import dev.drover.kernel.Checks;
import dev.drover.template.Templates;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** A recovery sequence as it stands in the page's form: everything as it was typed. */
record SequenceForm(String key, String name, boolean active, List<Line> steps, String kind, String value, String prefix, String days, String minValue, String leastValue,
        boolean excludeSubscriptions, String version) {

    /** A reminder. @param unit minutes in one of its delay's units */
    record Line(String delay, String unit, String template, boolean discount) {
        static final Line EMPTY = new Line("", "60", "", false);

        boolean empty() {
            return delay.isBlank() && template.isBlank();
        }
    }

    static final SequenceForm NEW = new SequenceForm("", "", true, List.of(new Line("1", "60", "", false)), "", "10", "", "7", "", "", false, "");

    static SequenceForm of(RecoverySequence sequence) {
        var offer = sequence.discount();
        return new SequenceForm(sequence.key(), sequence.name(), sequence.active(), sequence.steps().stream().map(SequenceForm::line).toList(),
                offer == null ? "" : offer.kind(), offer == null ? "10" : plain(offer.value()), offer == null ? "" : offer.prefix(), offer == null ? "7" : Integer.toString(offer.days()),
                offer == null ? "" : plain(offer.minValue()), plain(sequence.leastValue()), sequence.excludeSubscriptions(), Integer.toString(sequence.version()));
    }

    static SequenceForm of(MultiValueMap<String, String> typed) {
        var lines = new ArrayList<Line>();
        int rows = typed.getOrDefault("template", List.of()).size();
        for (int n = 0; n < Math.min(rows, SequenceInput.MOST_STEPS + 2); n++) {
            lines.add(new Line(nth(typed, "delay", n), nth(typed, "unit", n), nth(typed, "template", n), nth(typed, "withDiscount", n).equals("yes")));
        }
        return new SequenceForm(first(typed, "key"), first(typed, "name"), typed.containsKey("active"), lines.stream().filter(line -> !line.empty()).toList(), first(typed, "kind"),
                first(typed, "value"), first(typed, "prefix"), first(typed, "days"), first(typed, "minValue"), first(typed, "leastValue"), typed.containsKey("excludeSubscriptions"),
                first(typed, "version"));
    }

    SequenceForm copy() {
        return new SequenceForm("", name + " (copy)", false, steps, kind, value, prefix, days, minValue, leastValue, excludeSubscriptions, "");
    }

    /** What there is, and two empty lines: who empties one removes it. */
    public List<Line> lines() {
        var lines = new ArrayList<>(steps);
        for (int n = 0; n < 2 && lines.size() < SequenceInput.MOST_STEPS; n++) {
            lines.add(Line.EMPTY);
        }
        return lines;
    }

    /** @param checks takes what is no number */
    SequenceInput input(Templates templates, Checks checks) {
        var wanted = new ArrayList<@Nullable StepInput>();
        for (int n = 0; n < steps.size(); n++) {
            var line = steps.get(n);
            Integer delay = whole("steps[%d].delayMinutes".formatted(n), line.delay(), checks);
            Integer unit = Map.of("1", 1, "60", 60, "1440", 1440).get(line.unit());
            boolean far = delay != null && unit != null && delay > 100_000;
            String channel = line.template().isBlank() || line.template().indexOf('\0') >= 0 ? "email"
                    : templates.find(line.template()).map(template -> template.channel().key()).orElse("email");
            wanted.add(new StepInput(delay == null || unit == null ? null : far ? Integer.MAX_VALUE : delay * unit, channel, line.template(), line.discount()));
        }
        var offer = kind.isBlank() ? null : new OfferInput(kind, amount("discount.value", value, checks), prefix, whole("discount.days", days, checks), amount("discount.minValue", minValue, checks));
        return new SequenceInput(key, name, active, wanted, offer, amount("leastValue", leastValue, checks), excludeSubscriptions, whole("version", version, checks));
    }

    private static @Nullable Integer whole(String field, String text, Checks checks) {
        try {
            return text.isBlank() ? null : Integer.valueOf(text.strip());
        } catch (NumberFormatException e) {
            checks.fail(field, "A whole number is expected.");
            return null;
        }
    }

    private static @Nullable BigDecimal amount(String field, String text, Checks checks) {
        if (text.isBlank()) {
            return null;
        }
        if (!text.strip().matches("[0-9]{1,12}([.,][0-9]{1,2})?")) {
            checks.fail(field, "A number is expected, with at most two decimals, such as 12.50.");
            return null;
        }
        return new BigDecimal(text.strip().replace(',', '.'));
    }

    private static Line line(RecoverySequence.Step step) {
        int unit = step.delayMinutes() % 1440 == 0 ? 1440 : step.delayMinutes() % 60 == 0 ? 60 : 1;
        return new Line(Integer.toString(step.delayMinutes() / unit), Integer.toString(unit), step.template(), step.discounted());
    }

    private static String plain(@Nullable BigDecimal value) {
        return value == null ? "" : value.stripTrailingZeros().toPlainString();
    }

    private static String first(MultiValueMap<String, String> typed, String name) {
        return nth(typed, name, 0);
    }

    private static String nth(MultiValueMap<String, String> typed, String name, int n) {
        var values = typed.getOrDefault(name, List.of());
        return n < values.size() && values.get(n) != null ? values.get(n) : "";
    }
}
