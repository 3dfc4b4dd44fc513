package dev.drover.ruleset.language;

import dev.drover.ruleset.language.Condition.Comparison;
import dev.drover.ruleset.language.Logic.Leaf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether conditions can hold together. Of each path it tries the values that matter to them: those they name, one between any two, one beyond
 * them and what isn't known; others differ from these by nothing that the conditions could tell.
 */
final class Possible {

    /** A text that no condition names. */
    private static final Object ANOTHER = new Object();

    private Possible() {}

    static boolean together(List<Leaf> leaves) {
        var byPath = new LinkedHashMap<String, List<Leaf>>();
        leaves.forEach(leaf -> byPath.computeIfAbsent(leaf.path().toString(), none -> new ArrayList<>()).add(leaf));
        return byPath.values().stream().allMatch(some -> values(some).stream().anyMatch(value -> some.stream().allMatch(leaf -> mayBe(leaf, value))));
    }

    private static Collection<@Nullable Object> values(List<Leaf> leaves) {
        Term term = leaves.getFirst().path().term();
        return switch (term.type()) {
            case FLAG -> List.of(true, false);
            case DAY, MOMENT -> java.util.Arrays.asList(null, ANOTHER);
            case TEXT -> {
                var values = new ArrayList<@Nullable Object>(literals(leaves));
                values.add(null);
                values.add(ANOTHER);
                yield values;
            }
            case NUMBER -> numbers(term, leaves);
        };
    }

    private static List<Object> literals(List<Leaf> leaves) {
        var literals = new ArrayList<Object>();
        leaves.forEach(leaf -> {
            if (leaf.condition() instanceof Comparison comparison) {
                comparison.right().forEach(value -> {
                    if (value instanceof Literal literal && literal.value() != null) {
                        literals.add(literal.value());
                    }
                });
            }
        });
        return literals;
    }

    private static Collection<@Nullable Object> numbers(Term term, List<Leaf> leaves) {
        var named = new TreeSet<Double>();
        literals(leaves).forEach(literal -> named.add(((Number) literal).doubleValue()));
        var tried = new TreeSet<>(named);
        Double before = null;
        for (Double each : named) {
            tried.add(before == null ? each - 1 : (before + each) / 2);
            if (term.whole()) {
                tried.add(Math.floor(each) - (Math.floor(each) == each ? 1 : 0));
                tried.add(Math.floor(each) + 1);
            }
            before = each;
        }
        tried.add(before == null ? 0 : before + 1);
        if (!term.fromZero()) {
            tried.add(Double.POSITIVE_INFINITY);
        }
        if (term.name().equals("number")) {
            tried.add(Double.NaN);
        }
        return new ArrayList<>(tried.stream().filter(value -> !term.whole() || Math.rint(value) == value).filter(value -> !term.fromZero() || value >= 0).toList());
    }

    private static boolean mayBe(Leaf leaf, @Nullable Object value) {
        if (!(leaf.condition() instanceof Comparison comparison)) {
            return Boolean.valueOf(leaf.holds()).equals(value);
        }
        if (comparison.right().stream().anyMatch(Path.class::isInstance)) {
            return true;
        }
        boolean partly = !comparison.operator().isEquality() && !comparison.operator().takesMany();
        if (value == ANOTHER && partly) {
            return true;
        }
        return Explainer.compare(value, comparison.operator(), comparison.right().stream().map(right -> ((Literal) right).value())) == leaf.holds();
    }
}
