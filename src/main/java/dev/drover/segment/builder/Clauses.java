package dev.drover.segment.builder;

import dev.drover.segment.builder.Criteria.Condition;
import dev.drover.segment.builder.Day.Ago;
import dev.drover.segment.builder.Day.Fixed;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Each condition as rules say it. A comparison never holds of customers without the value compared, as in SQL: where a fact stands for "none"
 * with a number that would fit (0, or infinitely long ago), a guard goes before it. The one exception is {@code not_within_last}, which is the
 * exact opposite of {@code within_last} and holds of what never happened.
 */
final class Clauses {

    private Clauses() {}

    static Clause of(Criteria criteria) {
        return switch (criteria) {
            case Criteria.Group group -> Clause.group(group.logic(), group.parts().stream().map(Clauses::of).toList());
            case Condition condition -> of(condition);
        };
    }

    static Clause of(Condition condition) {
        return switch (condition.field().kind().type) {
            case COUNT, NUMBER, SCORE -> number(condition);
            case DATE -> condition.values().getFirst() instanceof Fixed ? day(condition) : ago(condition);
            case TEXT, CHOICE -> text(condition);
            case FLAG -> flag(condition);
            case SEGMENT -> Clause.atom((condition.relation() == Relation.NEQ ? "!" : "") + "inSegment(%s)", Texts.quoted((String) condition.values().getFirst()));
        };
    }

    private static Clause number(Condition condition) {
        var field = condition.field();
        var values = condition.values().stream().map(BigDecimal.class::cast).toList();
        String path = field.path();
        Clause raw = switch (condition.relation()) {
            case IN -> new Clause.Atom(path + " in (" + values.stream().map(BigDecimal::toPlainString).collect(Collectors.joining(", ")) + ")");
            case BETWEEN -> Clause.all(List.of(compared(path, Relation.GTE, values.getFirst()), compared(path, Relation.LTE, values.getLast())));
            // An attribute that isn't there is no number, and only "unequal" would hold of it.
            case NEQ -> field.kind() == Kind.ATTRIBUTE_NUMBER
                    ? Clause.any(List.of(compared(path, Relation.LT, values.getFirst()), compared(path, Relation.GT, values.getFirst())))
                    : compared(path, Relation.NEQ, values.getFirst());
            default -> compared(path, condition.relation(), values.getFirst());
        };
        return holdsOfMissing(condition, values) ? guarded(field, raw) : raw;
    }

    private static boolean holdsOfMissing(Condition condition, List<BigDecimal> values) {
        double missing = condition.field().kind().missing;
        if (Double.isNaN(missing)) {
            return false;
        }
        return switch (condition.relation()) {
            case IN -> values.stream().anyMatch(value -> value.doubleValue() == missing);
            case BETWEEN -> values.getFirst().doubleValue() <= missing && missing <= values.getLast().doubleValue();
            default -> condition.relation().holds(Double.compare(missing, values.getFirst().doubleValue()));
        };
    }

    private static Clause compared(String path, Relation relation, BigDecimal value) {
        return new Clause.Atom(path + " " + relation.sign() + " " + value.toPlainString());
    }

    private static Clause guarded(Field field, Clause clause) {
        return field.kind().guard.isEmpty() ? clause : Clause.all(List.of(new Clause.Atom(field.guard()), clause));
    }

    /** Dates relative to now turn around: later than 30 days ago is less than 30 days since. */
    private static Clause ago(Condition condition) {
        var field = condition.field();
        String days = field.path();
        var first = condition.values().getFirst() instanceof BigDecimal whole ? whole : ((Ago) condition.values().getFirst()).days();
        var next = first.add(BigDecimal.ONE);
        return switch (condition.relation()) {
            case WITHIN_LAST -> field.kind().isPast() ? compared(days, Relation.LTE, first)
                    : Clause.all(List.of(compared(days, Relation.GTE, BigDecimal.ZERO), compared(days, Relation.LTE, first)));
            case NOT_WITHIN_LAST -> field.kind().isPast() ? compared(days, Relation.GT, first)
                    : Clause.any(List.of(compared(days, Relation.LT, BigDecimal.ZERO), compared(days, Relation.GT, first)));
            case GTE -> compared(days, Relation.LTE, first);
            case GT -> compared(days, Relation.LT, first);
            case LT -> guarded(field, compared(days, Relation.GT, first));
            case LTE -> guarded(field, compared(days, Relation.GTE, first));
            case EQ -> Clause.all(List.of(compared(days, Relation.GTE, first), compared(days, Relation.LT, next)));
            case NEQ -> guarded(field, Clause.any(List.of(compared(days, Relation.LT, first), compared(days, Relation.GTE, next))));
            case BETWEEN -> Clause.all(List.of(compared(days, Relation.GTE, ((Ago) condition.values().getLast()).days()), compared(days, Relation.LTE, first)));
            default -> throw new IllegalStateException(condition.toString());
        };
    }

    private static Clause day(Condition condition) {
        var first = ((Fixed) condition.values().getFirst()).date();
        return switch (condition.relation()) {
            case GTE -> since(condition.field(), first);
            case LT -> before(condition.field(), first);
            case EQ -> Clause.all(List.of(since(condition.field(), first), before(condition.field(), first.plusDays(1))));
            case NEQ -> Clause.any(List.of(before(condition.field(), first), since(condition.field(), first.plusDays(1))));
            case BETWEEN -> Clause.all(List.of(since(condition.field(), first), before(condition.field(), ((Fixed) condition.values().getLast()).date().plusDays(1))));
            default -> throw new IllegalStateException(condition.toString());
        };
    }

    private static Clause since(Field field, LocalDate day) {
        return new Clause.Atom(field.path(java.util.Objects.requireNonNull(field.kind().since), Texts.quoted(day.toString())));
    }

    private static Clause before(Field field, LocalDate day) {
        return new Clause.Atom(field.path(java.util.Objects.requireNonNull(field.kind().before), Texts.quoted(day.toString())));
    }

    private static Clause text(Condition condition) {
        String path = condition.field().path();
        boolean attribute = condition.field().kind().isAttribute();
        var values = condition.values().stream().map(value -> Texts.quoted((String) value)).toList();
        return switch (condition.relation()) {
            case EQ -> new Clause.Atom(path + " == " + values.getFirst());
            case NEQ -> {
                var unequal = new ArrayList<Clause>();
                if (condition.field().kind().type == Kind.Type.TEXT) {
                    unequal.add(new Clause.Atom(path + " != null"));
                }
                unequal.add(new Clause.Atom(path + " != " + values.getFirst()));
                yield Clause.all(unequal);
            }
            case CONTAINS -> new Clause.Atom(path + " contains " + values.getFirst());
            case IN -> new Clause.Atom(path + " in (" + String.join(", ", values) + ")");
            case KNOWN -> new Clause.Atom(attribute ? condition.field().path("has", "") : path + " != null");
            case UNKNOWN -> new Clause.Atom(attribute ? "!" + condition.field().path("has", "") : path + " == null");
            default -> throw new IllegalStateException(condition.toString());
        };
    }

    private static Clause flag(Condition condition) {
        var holds = new Clause.Atom(condition.field().path());
        return Boolean.TRUE.equals(condition.values().getFirst()) ? holds
                : Clause.all(List.of(new Clause.Atom(condition.field().path("has", "")), new Clause.Atom("!" + holds.text())));
    }
}
