package dev.drover.ruleset;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param budget how long deciding upon 1,000 facts, or fewer, may take before the rule that is to blame is switched off (DROVER_RULES_BUDGET) */
@ConfigurationProperties("drover.rules")
record RuleSettings(@DefaultValue("2s") Duration budget) {

    private static final int BLOCK = 1_000;

    RuleSettings {
        if (budget.isNegative() || budget.isZero()) {
            throw new IllegalArgumentException("DROVER_RULES_BUDGET is '%s': use a time such as 2s.".formatted(budget));
        }
    }

    Duration budget(int facts) {
        return budget.multipliedBy(Math.max(1, Math.ceilDiv(facts, BLOCK)));
    }
}
