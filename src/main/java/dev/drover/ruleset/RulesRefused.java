package dev.drover.ruleset;

import dev.drover.kernel.Problem;
import java.util.List;

/** Rules that can't be put in force, with everything that is wrong in them. What was in force stays so. */
public class RulesRefused extends Problem {

    private final String path;
    private final List<RuleProblem> problems;

    RulesRefused(String path, List<RuleProblem> problems) {
        super(Kind.REJECTED, "%s, line %d: %s".formatted(path, problems.getFirst().line(), problems.getFirst().message()), List.of());
        this.path = path;
        this.problems = List.copyOf(problems);
    }

    /** The file that is wrong; of several that were published together the first. */
    public String path() {
        return path;
    }

    public List<RuleProblem> problems() {
        return problems;
    }
}
