package dev.drover.ruleset;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether every group of rules decides; without eligibility nothing can be sent. Rules that are switched off are named; the others go on. */
@Component("rulesHealthIndicator")
class RulesHealth implements HealthIndicator {

    private final Rulesets rulesets;

    RulesHealth(Rulesets rulesets) {
        this.rulesets = rulesets;
    }

    @Override
    public Health health() {
        if (!rulesets.inForce()) {
            return Health.down().withDetail("reason", "A group of rules isn't in force, see the log or the page Rules.").build();
        }
        var off = rulesets.switchedOff();
        return off.isEmpty() ? Health.up().build() : Health.up().withDetail("switchedOff", off).build();
    }
}
