package dev.drover.ruleset.language;

import dev.drover.ruleset.language.Condition.And;
import dev.drover.ruleset.language.Condition.Comparison;
import dev.drover.ruleset.language.Condition.Holds;
import dev.drover.ruleset.language.Condition.Not;
import dev.drover.ruleset.language.Condition.Or;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A condition without "not" but at its leaves, to reason about. */
sealed interface Logic {

    /** All of these. Holds nothing of its own kind. */
    record All(List<Logic> parts) implements Logic {

        List<Leaf> leaves() {
            return parts.stream().filter(Leaf.class::isInstance).map(Leaf.class::cast).toList();
        }

        List<Any> choices() {
            return parts.stream().filter(Any.class::isInstance).map(Any.class::cast).toList();
        }
    }

    /** One of these at least. */
    record Any(List<Logic> parts) implements Logic {}

    /** @param holds {@code false}: it is to fail */
    record Leaf(Condition condition, boolean holds) implements Logic {

        Path path() {
            return condition instanceof Comparison comparison ? comparison.left() : ((Holds) condition).path();
        }

        String text() {
            return holds ? condition.text() : condition instanceof Holds ? "!" + condition.text() : "!( " + condition.text() + " )";
        }
    }

    static Logic of(Condition condition, boolean holds) {
        return switch (condition) {
            case And and -> holds ? all(and.parts(), true) : any(and.parts(), false);
            case Or or -> holds ? any(or.parts(), true) : all(or.parts(), false);
            case Not not -> of(not.part(), !holds);
            case Holds leaf -> new Leaf(leaf, holds);
            case Comparison leaf -> new Leaf(leaf, holds);
        };
    }

    private static Logic all(List<Condition> parts, boolean holds) {
        return new All(parts.stream().map(part -> of(part, holds)).flatMap(part -> part instanceof All all ? all.parts().stream() : Stream.of(part)).toList());
    }

    private static Logic any(List<Condition> parts, boolean holds) {
        return new Any(parts.stream().map(part -> of(part, holds)).toList());
    }

    /** Whether it certainly never holds where the others do. {@code false} says nothing: not everything that is impossible is found. */
    default boolean isImpossible(List<Leaf> others) {
        return switch (this) {
            case Leaf leaf -> !Possible.together(with(others, List.of(leaf)));
            case Any any -> any.parts().stream().allMatch(part -> part.isImpossible(others));
            case All all -> {
                var leaves = with(others, all.leaves());
                yield !Possible.together(leaves) || all.choices().stream().anyMatch(choice -> choice.isImpossible(leaves));
            }
        };
    }

    private static List<Leaf> with(List<Leaf> some, List<Leaf> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
