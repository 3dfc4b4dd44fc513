package dev.drover.ruleset.language;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thing that rules may read of a fact, the single place that knows all about it.
 *
 * @param name        as rules write it: {@code orders.countWithin}
 * @param whole       of a number: it has no fraction
 * @param fromZero    of a number: it is never below zero and always known
 * @param description for an analyst, one line
 * @param example     a condition, or a binding where it can't be compared
 * @param events      the events that its value comes from
 * @param ageing      how its value changes by time alone; {@code null}: it doesn't
 */
public record Term(String name, List<Argument> arguments, Type type, boolean whole, boolean fromZero, String description, String example,
        Reading reading, Function<List<Literal>, List<String>> events, @Nullable Ageing ageing) {

    /** How it is read from its fact. */
    @FunctionalInterface
    public interface Reading {

        @Nullable Object of(Object fact, List<Literal> arguments);
    }

    Term(String name, List<Argument> arguments, Type type, String description, String example, Reading reading) {
        this(name, arguments, type, false, false, description, example, reading, literals -> List.of(), null);
    }

    static Term unknown(String name) {
        return new Term(name, List.of(), Type.FLAG, "", "", (fact, literals) -> null);
    }

    /** Whether it counts what happened within days that are its argument. */
    boolean isWindow() {
        return ageing != null && ageing.window();
    }

    boolean isUnknown() {
        return example.isEmpty();
    }

    /** A count: whole, and at least 0. */
    Term counted() {
        return new Term(name, arguments, type, true, true, description, example, reading, events, ageing);
    }

    Term withEvents(String... names) {
        return withEvents(literals -> List.of(names));
    }

    Term withEvents(Function<List<Literal>, List<String>> names) {
        return new Term(name, arguments, type, whole, fromZero, description, example, reading, names, ageing);
    }

    Term with(Ageing ageing) {
        return new Term(name, arguments, type, whole, fromZero, description, example, reading, events, ageing);
    }

    /** {@code orders.countWithin(days)} */
    public String signature() {
        return name + (arguments.isEmpty() ? "" : arguments.stream().map(Argument::words).collect(Collectors.joining(", ", "(", ")")));
    }
}
