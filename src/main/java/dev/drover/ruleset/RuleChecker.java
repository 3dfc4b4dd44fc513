package dev.drover.ruleset;

import dev.drover.ruleset.language.Doubts;
import java.util.List;

/** Says what is wrong in a rule file, where, and in words for whoever wrote it. Runs nothing of it. */
final class RuleChecker {

    private final Compiler compiler;

    RuleChecker(Compiler compiler) {
        this.compiler = compiler;
    }

    /** By place. Errors stand against putting the file in force, warnings don't. */
    List<RuleProblem> check(RuleSource source) {
        var script = source.script();
        if (!script.understood()) {
            return script.problems();
        }
        // What was understood compiles; were it otherwise, it must be known here and not when it is to decide.
        var complaints = compiler.complaints(source);
        if (!complaints.isEmpty()) {
            return complaints.stream().map(complaint -> RuleProblem.error(complaint.line(), 1, "This was understood, but can't be compiled: " + complaint.text())).distinct().toList();
        }
        return Doubts.of(script.rules());
    }
}
