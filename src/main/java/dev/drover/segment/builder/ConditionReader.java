package dev.drover.segment.builder;

import dev.drover.kernel.Checks;
import dev.drover.rfm.RfmSegment;
import dev.drover.segment.builder.Criteria.Condition;
import dev.drover.segment.builder.Criteria.Logic;
import dev.drover.segment.builder.Kind.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One condition of JSON: whether field, operator and value fit each other. */
final class ConditionReader {

    private static final int MOST_VALUES = 100;
    private static final int LONGEST = 200;
    private static final BigDecimal GREATEST = BigDecimal.valueOf(1_000_000_000);
    private static final Set<String> STATUSES = Set.of("none", "active", "paused", "past_due", "cancelled");

    private final Checks checks;
    private final CriteriaReader.Known known;

    ConditionReader(Checks checks, CriteriaReader.Known known) {
        this.checks = checks;
        this.known = known;
    }

    @Nullable Criteria read(Map<?, ?> json, String path) {
        var found = json.get("field") instanceof String name ? Field.named(name) : Field.Found.no("field is missing.");
        if (found.fields().isEmpty()) {
            checks.fail(path + ".field", found.complaint());
        }
        var relation = json.get("operator") instanceof String name ? Relation.named(name).orElse(null) : null;
        if (relation == null) {
            checks.fail(path + ".operator", "The operators are eq, neq, gt, gte, lt, lte, contains, in, between, within_last, not_within_last, and = != > >= < <=.");
        }
        if (found.fields().isEmpty() || relation == null) {
            return null;
        }
        Object value = json.get("value");
        if (relation == Relation.IN && value instanceof List<?> list && list.stream().distinct().count() == 1) {
            relation = Relation.EQ;
            value = list.getFirst();
        }
        var field = found.fields().size() == 1 ? found.fields().getFirst() : attribute(found.fields(), relation, value);
        String place = path + ".value";
        if (value == null && (relation == Relation.EQ || relation == Relation.NEQ) || relation == Relation.KNOWN || relation == Relation.UNKNOWN) {
            return presence(field, relation == Relation.EQ || relation == Relation.UNKNOWN, place);
        }
        if (value == null || value instanceof List<?> list && list.isEmpty() || "".equals(value)) {
            checks.fail(place, "value is missing.");
            return null;
        }
        if (relation == Relation.IN && (!(value instanceof List<?> list) || list.size() > MOST_VALUES)) {
            checks.fail(place, "in takes a list of 1 to %d values.".formatted(MOST_VALUES));
            return null;
        }
        if (relation == Relation.BETWEEN && !(value instanceof List<?> pair && pair.size() == 2)) {
            checks.fail(place, "between takes a list of two values, the lower one first.");
            return null;
        }
        if (!relation.takesList() && value instanceof List<?>) {
            checks.fail(place, "%s takes one value, not a list.".formatted(relation.jsonName()));
            return null;
        }
        return switch (field.kind().type) {
            case COUNT, NUMBER, SCORE -> number(field, relation, value, path);
            case DATE -> new DateReader(checks).read(field, relation, value, path);
            case TEXT, CHOICE -> text(field, relation, value, path);
            case FLAG -> flag(field, relation, value, path);
            case SEGMENT -> segment(field, relation, value, path);
        };
    }

    /** What an attribute is, its value says: a date is told from a text by how it looks. */
    private static Field attribute(List<Field> kinds, Relation relation, @Nullable Object value) {
        Object sample = value instanceof List<?> list && !list.isEmpty() ? list.getFirst() : value;
        boolean ordered = relation.isOrder() || relation == Relation.WITHIN_LAST || relation == Relation.NOT_WITHIN_LAST;
        Kind kind = relation == Relation.WITHIN_LAST || relation == Relation.NOT_WITHIN_LAST ? Kind.ATTRIBUTE_DATE
                : sample instanceof Boolean ? Kind.ATTRIBUTE_FLAG
                : sample instanceof Number || sample instanceof String text && ordered && decimal(text) != null ? Kind.ATTRIBUTE_NUMBER
                : ordered || (relation == Relation.EQ || relation == Relation.NEQ) && sample instanceof String text && Day.parse(text).isPresent()
                ? Kind.ATTRIBUTE_DATE : Kind.ATTRIBUTE_TEXT;
        return kinds.stream().filter(field -> field.kind() == kind).findFirst().orElseThrow();
    }

    private @Nullable Criteria presence(Field field, boolean missing, String place) {
        if (field.kind().type != Type.TEXT) {
            checks.fail(place, "value is missing.");
            return null;
        }
        return new Condition(field, missing ? Relation.UNKNOWN : Relation.KNOWN, List.of());
    }

    private @Nullable Criteria number(Field field, Relation relation, Object value, String path) {
        if (relation == Relation.CONTAINS || relation == Relation.WITHIN_LAST || relation == Relation.NOT_WITHIN_LAST) {
            checks.fail(path + ".operator", "%s is a number: it is compared with eq, neq, gt, gte, lt, lte, in or between.".formatted(field.name()));
            return null;
        }
        var numbers = new ArrayList<BigDecimal>();
        for (Object one : value instanceof List<?> list ? list : List.of(value)) {
            var number = decimal(one);
            String complaint = number == null ? "%s is a number: write 5 or 12.50.".formatted(field.name()) : complaint(field, number);
            if (!complaint.isEmpty()) {
                checks.fail(path + ".value", complaint);
                return null;
            }
            numbers.add(number);
        }
        if (relation == Relation.BETWEEN && numbers.getFirst().compareTo(numbers.getLast()) > 0) {
            checks.fail(path + ".value", "The lower value comes first: [%s, %s].".formatted(numbers.getLast().toPlainString(), numbers.getFirst().toPlainString()));
            return null;
        }
        return chosen(field, relation, numbers);
    }

    /** One of one, and between two that are equal, is equal. */
    private static Condition chosen(Field field, Relation relation, List<?> values) {
        var different = values.stream().distinct().map(Object.class::cast).toList();
        return relation.takesList() && different.size() == 1 ? new Condition(field, Relation.EQ, different) : new Condition(field, relation, different);
    }

    private static String complaint(Field field, BigDecimal number) {
        if (number.abs().compareTo(GREATEST) > 0 || number.scale() > 6) {
            return "A number here is at most a thousand million, and has at most six decimals.";
        }
        if (field.kind().isWhole() && number.scale() > 0) {
            return "%s is a whole number.".formatted(field.name());
        }
        boolean score = field.kind().type == Type.SCORE;
        return score && (number.signum() <= 0 || number.compareTo(BigDecimal.valueOf(5)) > 0) ? "%s is a score from 1 to 5, 5 being the best.".formatted(field.name()) : "";
    }

    /** Without needless zeros, so that 5 and 5.00 are one. */
    static @Nullable BigDecimal decimal(@Nullable Object value) {
        if (value instanceof Number || value instanceof String text && text.length() <= 30 && text.strip().matches("-?\\d+(\\.\\d+)?")) {
            try {
                var number = new BigDecimal(value.toString().strip());
                if (Math.abs((long) number.scale()) > 30 || number.precision() > 40) {
                    return GREATEST.add(BigDecimal.ONE);
                }
                var plain = number.stripTrailingZeros();
                return plain.scale() < 0 ? plain.setScale(0) : plain;
            } catch (NumberFormatException infinite) {
                return null;
            }
        }
        return null;
    }

    private @Nullable Criteria text(Field field, Relation relation, Object value, String path) {
        boolean choice = field.kind().type == Type.CHOICE;
        if (relation.isOrder() || relation == Relation.WITHIN_LAST || relation == Relation.NOT_WITHIN_LAST || choice && relation == Relation.CONTAINS) {
            checks.fail(path + ".operator", "%s is a text: it is compared with eq, neq%s or in.".formatted(field.name(), choice ? "" : ", contains"));
            return null;
        }
        var texts = new ArrayList<String>();
        for (Object one : value instanceof List<?> list ? list : List.of(value)) {
            if (!(one instanceof String text) || text.isEmpty() || text.length() > LONGEST || !Texts.plain(text)) {
                checks.fail(path + ".value", "%s is a text: write one line in quotes, 1 to %d characters.".formatted(field.name(), LONGEST));
                return null;
            }
            if (field.kind() == Kind.SUBSCRIPTION_STATUS && !STATUSES.contains(text)) {
                checks.fail(path + ".value", "subscriptionStatus is none, active, paused, past_due or cancelled.");
                return null;
            }
            if (field.kind() == Kind.RFM_SEGMENT && !text.equals("none") && Arrays.stream(RfmSegment.values()).noneMatch(segment -> segment.key().equals(text))) {
                checks.fail(path + ".value", "The RFM segments are %s, and none.".formatted(Arrays.stream(RfmSegment.values()).map(RfmSegment::key).collect(Collectors.joining(", "))));
                return null;
            }
            texts.add(text);
        }
        return chosen(field, relation, texts);
    }

    private @Nullable Criteria flag(Field field, Relation relation, Object value, String path) {
        if (!(value instanceof Boolean yes) || relation != Relation.EQ && relation != Relation.NEQ) {
            checks.fail(path + ".operator", "%s is compared with true or false by eq or neq.".formatted(field.name()));
            return null;
        }
        return new Condition(field, Relation.EQ, yes == (relation == Relation.EQ));
    }

    private @Nullable Criteria segment(Field field, Relation relation, Object value, String path) {
        if (relation != Relation.EQ && relation != Relation.NEQ && relation != Relation.IN) {
            checks.fail(path + ".operator", "A segment is asked for with eq (is in it), neq (isn't in it) or in (is in one of them).");
            return null;
        }
        var parts = new ArrayList<Criteria>();
        for (Object one : value instanceof List<?> list ? list : List.of(value)) {
            String key = one instanceof String text ? text.strip() : "";
            String complaint = key.isEmpty() ? "A segment is named by its key, such as \"vip\"."
                    : key.equals(known.self()) ? "A segment can't ask for itself."
                    : known.segments().contains(key) ? "" : "There is no segment '%s'.".formatted(key.length() > 100 ? key.substring(0, 100) + "…" : key);
            if (!complaint.isEmpty()) {
                checks.fail(path + ".value", complaint);
                return null;
            }
            parts.add(new Condition(field, relation == Relation.NEQ ? Relation.NEQ : Relation.EQ, key));
        }
        return Criteria.group(Logic.OR, parts.stream().distinct().toList());
    }
}
