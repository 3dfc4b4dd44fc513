package dev.drover.ruleset.fact;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a journey's step gives the rules beyond the customer: {@code Data(number("cartTotal") >= 50)}. */
public final class Data {

    private final Map<String, Object> values;

    /** @param values plain JSON values by name */
    public Data(Map<String, Object> values) {
        this.values = values;
    }

    /** A value that is a text; {@code null}: there is none. */
    public @Nullable String text(String name) {
        return values.get(name) instanceof String text ? text : null;
    }

    /** A value that is a number; without one every comparison but {@code !=} is false. */
    public double number(String name) {
        // Adding nothing makes zero of "minus zero", which comparisons would tell apart.
        return values.get(name) instanceof Number number ? number.doubleValue() + 0.0 : Double.NaN;
    }

    /** Asked before a number is compared; not for rules. */
    public boolean isNumber(String name) {
        return values.get(name) instanceof Number;
    }

    /** A value that is {@code true}. */
    public boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    /** Whether there is such a value at all. */
    public boolean has(String name) {
        return values.get(name) != null;
    }
}
