package dev.drover.ruleset;

/** @param line first is 1 @param column first is 1; 1 where it isn't known @param severity {@code error} or {@code warning} */
public record RuleProblem(int line, int column, String severity, String message) {

    public static RuleProblem error(int line, int column, String message) {
        return new RuleProblem(Math.max(1, line), Math.max(1, column), "error", message);
    }

    /** Doesn't stand against putting the rules in force. */
    public static RuleProblem warning(int line, int column, String message) {
        return new RuleProblem(Math.max(1, line), Math.max(1, column), "warning", message);
    }

    public boolean isError() {
        return severity.equals("error");
    }
}
