package dev.drover.ruleset;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The bytes of a rule file, understood as far as to be checked. @param problems what stood against reading them at all */
record RuleReading(RuleContent content, List<RuleProblem> problems) {

    static final int MOST_BYTES = 2 << 20;

    static RuleReading of(String path, byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            return refused("", "This file is larger than %d MB: split it.".formatted(MOST_BYTES >> 20));
        }
        if (RulePath.isTable(path)) {
            return DecisionTable.read(bytes);
        }
        return of(new String(bytes, StandardCharsets.UTF_8));
    }

    static RuleReading of(String source) {
        // PostgreSQL has no place for it.
        return source.indexOf('\0') >= 0 ? refused(source.replace("\0", ""), "This file holds a NUL character.") : new RuleReading(RuleContent.text(source), List.of());
    }

    static RuleReading refused(String source, String why) {
        return new RuleReading(RuleContent.text(source), List.of(RuleProblem.error(1, 1, why)));
    }
}
