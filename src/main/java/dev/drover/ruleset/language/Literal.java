package dev.drover.ruleset.language;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** @param value a {@link BigDecimal}, {@link String} or {@link Boolean}, or {@code null} for {@code null} */
public record Literal(Place place, @Nullable Object value) implements Value {

    /** Whether it may stand where a value of this type is asked for. */
    boolean is(Type type) {
        return value == null ? type.mayBeUnknown() : switch (type) {
            case NUMBER -> value instanceof BigDecimal;
            case TEXT -> value instanceof String;
            case FLAG -> value instanceof Boolean;
            case DAY, MOMENT -> false;
        };
    }

    public double number() {
        return ((BigDecimal) java.util.Objects.requireNonNull(value)).doubleValue();
    }

    @Override
    public String toString() {
        return Drl.literal(value);
    }
}
