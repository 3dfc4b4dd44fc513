package dev.drover.ruleset.language;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a rule reads: {@code orders.count}, {@code events.count("product.viewed", 7)}. */
public record Path(Place place, Term term, List<Literal> arguments) implements Value {

    /** What there is no term for; whatever is done with it needs no further complaint. */
    static Path unknown(Place place, String name, List<Literal> arguments) {
        return new Path(place, Term.unknown(name), List.copyOf(arguments));
    }

    /** What it says of this fact: a {@link Number}, {@link String}, {@link Boolean}, a day or a moment. */
    public @Nullable Object read(Object fact) {
        return term.reading().of(fact, arguments);
    }

    public String text(int argument) {
        return (String) java.util.Objects.requireNonNull(arguments.get(argument).value());
    }

    public int whole(int argument) {
        return ((BigDecimal) java.util.Objects.requireNonNull(arguments.get(argument).value())).intValueExact();
    }

    @Override
    public String toString() {
        return term.name() + (term.arguments().isEmpty() ? "" : arguments.stream().map(Literal::toString).collect(Collectors.joining(", ", "(", ")")));
    }
}
