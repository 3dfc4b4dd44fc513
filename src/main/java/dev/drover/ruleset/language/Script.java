package dev.drover.ruleset.language;

import dev.drover.ruleset.RuleProblem;
import java.util.List;

/**
 * A rule file as it was understood.
 *
 * @param rules    those that were understood; all of them where there is no problem
 * @param problems by place; each stands against putting the file in force
 */
public record Script(List<Rule> rules, List<RuleProblem> problems) {

    /** @param group the folder of the file, which says what its rules may read and say */
    public static Script read(String group, String text) {
        return new Reader(Vocabulary.of(group), text).read();
    }

    public boolean understood() {
        return problems.isEmpty();
    }
}
