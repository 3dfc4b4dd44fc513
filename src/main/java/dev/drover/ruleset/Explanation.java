package dev.drover.ruleset;

import java.util.List;

/**
 * How a rule turned out for one customer.
 *
 * @param rule       its name
 * @param file       its path
 * @param line       where it begins, first is 1
 * @param held       whether it says of the customer what it says
 * @param conditions that all must hold, as they are written
 */
public record Explanation(String rule, String file, int line, boolean held, List<Held> conditions) {

    /** Why it didn't hold: the smallest conditions that failed. */
    public List<Held> failed() {
        return conditions.stream().flatMap(Held::failures).toList();
    }
}
