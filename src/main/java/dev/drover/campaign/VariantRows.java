package dev.drover.campaign;

import dev.drover.campaign.AbTest.Variable;
import dev.drover.kernel.Checks;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A campaign's test as the wizard shows it and sends it back: rows of variants, shares in hundredths. Rows that say nothing are none, but for the first two. */
final class VariantRows {

    static final int MOST = 8;
    private static final int LEAST = 2;
    private static final String VARIANT = "experiment.variants[%d].";

    /** @param n from 0 @param weight in hundredths, empty: as much as the others @param says subject or sender's name @param time of the day, such as {@code 09:00} @param mistake {@code null}: nothing is wrong */
    record VariantRow(int n, String id, String weight, String says, String template, String time, @Nullable String mistake) {

        public boolean shown() {
            return n < LEAST || !says.isEmpty() || !template.isEmpty() || !time.isEmpty() || mistake != null;
        }
    }

    /** @param sample empty: the installation's */
    record Trial(String metric, String variable, String share, String hours, String confidence, String sample, boolean automatic, String zone, List<VariantRow> rows) {}

    private VariantRows() {}

    /** What is kept, or what nobody has said yet. */
    static Trial of(@Nullable Map<String, Object> kept) {
        var test = kept == null ? null : AbTestInput.read(new Checks(), kept);
        var rows = new ArrayList<VariantRow>();
        for (int n = 0; n < MOST; n++) {
            var variant = test == null || n >= test.variants().size() ? null : test.variants().get(n);
            double sum = test == null ? 1 : test.variants().stream().mapToDouble(AbTest.Variant::weight).sum();
            String says = variant == null ? null : test.variable() == Variable.FROM_NAME ? variant.fromName() : variant.subject();
            boolean equal = test == null || test.variants().stream().allMatch(each -> each.weight() == test.variants().getFirst().weight());
            rows.add(new VariantRow(n, variant == null ? letter(n) : variant.id(), variant == null || equal ? "" : number(100 * variant.weight() / sum), Objects.requireNonNullElse(says, ""),
                    variant == null || variant.template() == null ? "" : variant.template(), variant == null || variant.sendTime() == null ? "" : variant.sendTime().toString(), null));
        }
        return test == null ? new Trial(AbTest.Metric.OPEN_RATE.key(), Variable.SUBJECT_LINE.key(), number(100 * AbTestInput.SHARE), number(AbTestInput.HOURS), number(100 * AbTestInput.CONFIDENCE), "", true, "UTC", rows)
                : new Trial(test.metric().key(), test.variable().key(), number(100 * test.testShare()), number(test.waitsFor().toMinutes() / 60.0), number(100 * test.confidence()),
                        test.minimumSample() == null ? "" : test.minimumSample().toString(), test.automaticWinner(), test.zone().getId(), rows);
    }

    /** What was typed, with what is wrong with it. @param mistakes by field */
    static Trial of(WizardForm form, Map<String, String> mistakes) {
        var rows = new ArrayList<VariantRow>();
        int sent = 0;
        for (int n = 0; n < MOST; n++) {
            boolean counts = counts(form, n);
            String at = VARIANT.formatted(sent);
            String mistake = counts ? mistakes.entrySet().stream().filter(one -> one.getKey().startsWith(at)).map(Map.Entry::getValue).findFirst().orElse(null) : null;
            sent += counts ? 1 : 0;
            rows.add(new VariantRow(n, id(form, n), at(form.weights(), n), at(form.says(), n), at(form.variantTemplates(), n), at(form.times(), n), mistake));
        }
        return new Trial(text(form.metric()), text(form.variable()), text(form.testShare()), text(form.waitHours()), text(form.confidence()), text(form.minimumSample()), Boolean.TRUE.equals(form.automaticWinner()), text(form.testZone()), rows);
    }

    /** What was typed, as programs say it; what isn't a number stays as it is, to be told of. */
    static Map<String, Object> experiment(WizardForm form) {
        var test = new LinkedHashMap<String, Object>();
        test.put("metric", text(form.metric()));
        test.put("variable", text(form.variable()));
        test.put("testShare", hundredth(text(form.testShare())));
        test.put("waitHours", number(text(form.waitHours())));
        test.put("confidence", hundredth(text(form.confidence())));
        test.put("minimumSample", number(text(form.minimumSample())));
        if (Variable.SEND_TIME.key().equals(form.variable())) {
            test.put("timeZone", text(form.testZone()));
        }
        test.put("automaticWinner", Boolean.TRUE.equals(form.automaticWinner()));
        var rows = new ArrayList<Integer>();
        for (int n = 0; n < MOST; n++) {
            if (counts(form, n)) {
                rows.add(n);
            }
        }
        boolean equal = rows.stream().allMatch(n -> at(form.weights(), n).isEmpty());
        var variants = new ArrayList<Map<String, Object>>();
        for (int n : rows) {
            var variant = new LinkedHashMap<String, Object>();
            variant.put("id", id(form, n));
            if (!equal) {
                variant.put("weight", at(form.weights(), n).isEmpty() ? 0 : number(at(form.weights(), n)));
            }
            String key = text(form.variable());
            String field = Arrays.stream(Variable.values()).filter(one -> one.key().equals(key)).findFirst().orElse(Variable.SUBJECT_LINE).field;
            String said = said(form, n);
            if (!said.isEmpty()) {
                variant.put(field, said);
            }
            variants.add(variant);
        }
        test.put("variants", variants);
        test.values().removeIf(value -> value.toString().isEmpty());
        return test;
    }

    private static boolean counts(WizardForm form, int n) {
        return n < LEAST || !said(form, n).isEmpty();
    }

    private static String said(WizardForm form, int n) {
        return at(Variable.CONTENT.key().equals(form.variable()) ? form.variantTemplates() : Variable.SEND_TIME.key().equals(form.variable()) ? form.times() : form.says(), n);
    }

    private static String id(WizardForm form, int n) {
        String id = at(form.ids(), n);
        return id.isEmpty() ? letter(n) : id;
    }

    private static String letter(int n) {
        return String.valueOf((char) ('A' + n));
    }

    private static String at(@Nullable List<String> values, int n) {
        return values == null || n >= values.size() ? "" : text(values.get(n));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    /** @return what was typed where it is none, to be told of */
    private static Object number(String typed) {
        try {
            return typed.isEmpty() ? typed : new BigDecimal(typed);
        } catch (NumberFormatException told) {
            return typed;
        }
    }

    private static Object hundredth(String typed) {
        return number(typed) instanceof BigDecimal number ? number.movePointLeft(2) : typed;
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
    }
}
