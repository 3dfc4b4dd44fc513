package dev.drover.ruleset;

/** @param line first is 1 @param column first is 1; 1 where it isn't known @param severity {@code error} or {@code warning} */
public record RuleProblem(int line, int column, String severity, String message) {

    static RuleProblem error(int line, int column, String message) {
        return new RuleProblem(Math.max(1, line), Math.max(1, column), "error", message);
    }
}
