package dev.drover.ruleset.language;

import dev.drover.ruleset.Needs;
import dev.drover.ruleset.Needs.Boundary;
import dev.drover.ruleset.language.Condition.And;
import dev.drover.ruleset.language.Condition.Comparison;
import dev.drover.ruleset.language.Condition.Holds;
import dev.drover.ruleset.language.Condition.Not;
import dev.drover.ruleset.language.Condition.Or;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/** Works out what rules read, and from what moments on time alone changes what they decide. */
public final class Needing {

    private final Set<String> facts = new TreeSet<>();
    private final Set<String> events = new TreeSet<>();
    private final Set<Boundary> boundaries = new LinkedHashSet<>();
    private boolean rechecked;

    private Needing() {}

    public static Needs of(Collection<Rule> rules) {
        var needing = new Needing();
        for (Rule rule : rules) {
            rule.paths(path -> {
                needing.facts.add(path.term().name());
                needing.events.addAll(path.term().events().apply(path.arguments()));
            });
            rule.patterns().forEach(pattern -> needing.look(pattern.when()));
        }
        return new Needs(Set.copyOf(needing.facts), Set.copyOf(needing.events), Set.copyOf(needing.boundaries), needing.rechecked);
    }

    /** Whether the comparison turns by time in a way that no boundary tells: two facts that change are compared with each other. */
    static boolean isUntold(Comparison comparison) {
        return !comparison.left().term().isWindow() && comparison.left().term().ageing() != null && comparison.right().stream().anyMatch(Path.class::isInstance)
                || comparison.right().stream().anyMatch(value -> value instanceof Path path && path.term().ageing() != null && !path.term().isWindow());
    }

    private void look(Condition condition) {
        switch (condition) {
            case And and -> and.parts().forEach(this::look);
            case Or or -> or.parts().forEach(this::look);
            case Not not -> look(not.part());
            case Holds holds -> { }
            case Comparison comparison -> {
                window(comparison.left());
                comparison.right().forEach(value -> {
                    switch (value) {
                        case Path path -> window(path);
                        case Literal literal -> since(comparison.left(), literal);
                    }
                });
                rechecked |= isUntold(comparison);
            }
        }
    }

    /** What a window holds changes by its own days, whatever it is compared with. */
    private void window(Path path) {
        if (path.term().isWindow()) {
            boundaries.add(new Boundary(path.term().name(), path.arguments().size() > 1 ? path.text(0) : "", path.arguments().getLast().number()));
        }
    }

    private void since(Path path, Literal literal) {
        if (path.term().ageing() != null && !path.term().isWindow()) {
            boundaries.add(new Boundary(path.term().name(), path.arguments().isEmpty() ? "" : path.text(0), literal.number()));
        }
    }
}
