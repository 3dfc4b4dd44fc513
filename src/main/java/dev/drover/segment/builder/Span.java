package dev.drover.segment.builder;

import dev.drover.segment.builder.Criteria.Condition;
import dev.drover.segment.builder.Day.Ago;
import dev.drover.segment.builder.Day.Fixed;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What conditions leave over of a number, of days since something, or of a date. Each of these has its own bounds. */
final class Span {

    private static final class Bounds {
        private @Nullable BigDecimal low;
        private @Nullable BigDecimal high;
        private boolean withoutLow;
        private boolean withoutHigh;

        void above(BigDecimal value, boolean without) {
            if (low == null || value.compareTo(low) > 0 || value.compareTo(low) == 0 && without) {
                low = value;
                withoutLow = without;
            }
        }

        void below(BigDecimal value, boolean without) {
            if (high == null || value.compareTo(high) < 0 || value.compareTo(high) == 0 && without) {
                high = value;
                withoutHigh = without;
            }
        }

        boolean isEmpty() {
            return low != null && high != null && (low.compareTo(high) > 0 || low.compareTo(high) == 0 && (withoutLow || withoutHigh));
        }
    }

    private final Bounds numbers = new Bounds();
    private final Bounds ago = new Bounds();
    private final Bounds days = new Bounds();

    Span narrow(Condition condition) {
        var kind = condition.field().kind();
        if (kind.isNumber()) {
            if (kind.isFromZero()) {
                numbers.above(BigDecimal.ZERO, false);
            }
            if (kind.type == Kind.Type.SCORE) {
                numbers.above(BigDecimal.ONE, false);
                numbers.below(BigDecimal.valueOf(5), false);
            }
            narrow(numbers, condition.relation(), condition.values().stream().map(BigDecimal.class::cast).toList());
        } else if (kind.type == Kind.Type.DATE && condition.values().getFirst() instanceof Fixed) {
            narrow(days, condition.relation(), condition.values().stream().map(day -> BigDecimal.valueOf(((Fixed) day).date().toEpochDay())).toList());
        } else if (kind.type == Kind.Type.DATE) {
            // Earlier is more days ago; what is past is at least none ago.
            if (kind.isPast()) {
                ago.above(BigDecimal.ZERO, false);
            }
            var values = condition.values().stream().map(day -> day instanceof Ago one ? one.days() : (BigDecimal) day).toList().reversed();
            if (condition.relation() == Relation.EQ) {
                // The whole day.
                ago.above(values.getFirst(), false);
                ago.below(values.getFirst().add(BigDecimal.ONE), true);
            } else {
                narrow(ago, turned(condition.relation()), values);
            }
        }
        return this;
    }

    private static Relation turned(Relation relation) {
        return switch (relation) {
            case GT -> Relation.LT;
            case GTE, WITHIN_LAST -> Relation.LTE;
            case LT, NOT_WITHIN_LAST -> Relation.GT;
            case LTE -> Relation.GTE;
            default -> relation;
        };
    }

    private static void narrow(Bounds bounds, Relation relation, java.util.List<BigDecimal> values) {
        var first = values.getFirst();
        switch (relation) {
            case EQ, BETWEEN -> {
                bounds.above(first, false);
                bounds.below(values.getLast(), false);
            }
            case IN -> {
                bounds.above(values.stream().min(BigDecimal::compareTo).orElseThrow(), false);
                bounds.below(values.stream().max(BigDecimal::compareTo).orElseThrow(), false);
            }
            case GT -> bounds.above(first, true);
            case GTE -> bounds.above(first, false);
            case LT -> bounds.below(first, true);
            case LTE -> bounds.below(first, false);
            default -> { }
        }
    }

    boolean isEmpty() {
        return numbers.isEmpty() || ago.isEmpty() || days.isEmpty();
    }
}
