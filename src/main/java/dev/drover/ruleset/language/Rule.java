package dev.drover.ruleset.language;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One rule.
 *
 * @param place    of the word {@code rule}
 * @param endLine  the line of its {@code end}
 * @param patterns one of Customer in segments; Message, Recipient or both in eligibility
 * @param says     at least one
 */
public record Rule(String name, int salience, boolean noLoop, Place place, int endLine, List<Pattern> patterns, List<Saying> says) {

    /**
     * A fact the rule is about: {@code $c : Customer( orders.count > 3, $sum : orders.revenue )}.
     *
     * @param variable by which the consequence names it; empty: by none
     * @param when     all of what stands between commas; no parts: every such fact
     */
    public record Pattern(Place place, String variable, String fact, List<Binding> bindings, Condition.And when) {}

    /** {@code $sum : orders.revenue} keeps a value for the consequence. */
    public record Binding(Place place, String variable, Path path) {}

    /** Of a rule of segments: what must hold of the customer. */
    public Condition.And when() {
        return patterns.getFirst().when();
    }

    /** The segments it puts customers into. */
    public Set<String> enters() {
        var keys = new LinkedHashSet<String>();
        says.stream().filter(saying -> saying.verb().name().equals("enter")).forEach(saying -> keys.add(saying.key()));
        return keys;
    }

    /** The segments its conditions ask for. */
    public Set<String> asks() {
        var keys = new LinkedHashSet<String>();
        paths(path -> {
            if (path.term().name().equals("inSegment")) {
                keys.add(path.text(0));
            }
        });
        return keys;
    }

    /** Everything it reads, for conditions and for reasons. */
    public void paths(Consumer<Path> each) {
        for (Pattern pattern : patterns) {
            pattern.when().paths(each);
            pattern.bindings().forEach(binding -> each.accept(binding.path()));
        }
    }
}
