package dev.drover.ruleset.language;

import dev.drover.ruleset.RuleProblem;
import dev.drover.ruleset.language.Condition.And;
import dev.drover.ruleset.language.Condition.Comparison;
import dev.drover.ruleset.language.Condition.Holds;
import dev.drover.ruleset.language.Condition.Not;
import dev.drover.ruleset.language.Condition.Or;
import dev.drover.ruleset.language.Logic.All;
import dev.drover.ruleset.language.Logic.Any;
import dev.drover.ruleset.language.Logic.Leaf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Warns of rules that can be put in force and are hardly meant: for everybody, for nobody, or never at rest. */
public final class Doubts {

    /** Conditions of one fact, list values among them: finding doubts takes time with the square of them. */
    private static final int MOST_CONDITIONS = 200;

    private Doubts() {}

    public static List<RuleProblem> of(Collection<Rule> rules) {
        var warnings = new ArrayList<RuleProblem>();
        for (Rule rule : rules) {
            rule.patterns().forEach(pattern -> restless(pattern.when(), warnings));
            if (rule.patterns().stream().anyMatch(pattern -> Reader.size(pattern.when()) > MOST_CONDITIONS)) {
                continue;
            }
            if (rule.patterns().stream().allMatch(pattern -> Logic.of(pattern.when(), false).isImpossible(List.of()))) {
                warnings.add(warning(rule.place(), "This rule holds for every %s: it has no condition that can fail.".formatted(rule.patterns().getFirst().fact().toLowerCase(Locale.ROOT))));
            }
            rule.patterns().forEach(pattern -> contradictions(Logic.of(pattern.when(), true), List.of(), warnings));
        }
        return warnings;
    }

    /** @param around what must hold besides */
    private static void contradictions(Logic logic, List<Leaf> around, List<RuleProblem> warnings) {
        switch (logic) {
            case Leaf leaf -> contradictions(new All(List.of(leaf)), around, warnings);
            case Any any -> any.parts().forEach(part -> contradictions(part, around, warnings));
            case All all -> {
                var together = new ArrayList<>(around);
                for (Leaf leaf : all.leaves()) {
                    if (leaf.isImpossible(together)) {
                        warnings.add(contradiction(leaf, together));
                        return;
                    }
                    together.add(leaf);
                }
                all.choices().forEach(choice -> contradictions(choice, together, warnings));
            }
        }
    }

    private static RuleProblem contradiction(Leaf leaf, List<Leaf> others) {
        if (leaf.isImpossible(List.of())) {
            return warning(leaf.condition().place(), "\"%s\" never holds.".formatted(leaf.text()));
        }
        return others.stream().filter(other -> leaf.isImpossible(List.of(other))).findFirst()
                .map(other -> warning(leaf.condition().place(), "\"%s\" and \"%s\" never hold both.".formatted(other.text(), leaf.text())))
                .orElseGet(() -> warning(leaf.condition().place(), "\"%s\" never holds together with the conditions before it.".formatted(leaf.text())));
    }

    private static void restless(Condition condition, List<RuleProblem> warnings) {
        switch (condition) {
            case And and -> and.parts().forEach(part -> restless(part, warnings));
            case Or or -> or.parts().forEach(part -> restless(part, warnings));
            case Not not -> restless(not.part(), warnings);
            case Holds holds -> { }
            case Comparison comparison -> {
                if (Needing.isUntold(comparison)) {
                    warnings.add(warning(comparison.place(), ("\"%s\" changes with time and nobody can tell when, so its customers are looked at now and then only. "
                            + "Compare with a number of days where you can.").formatted(comparison.text())));
                }
            }
        }
    }

    private static RuleProblem warning(Place place, String words) {
        return RuleProblem.warning(place.line(), place.column(), words);
    }
}
