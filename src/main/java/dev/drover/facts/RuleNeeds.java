package dev.drover.facts;

import dev.drover.ruleset.Needs;
import dev.drover.ruleset.Rulesets;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What the segment rules in force read, and what that means for whom to look at. */
@Component
public class RuleNeeds {

    /** @param rules that these are the needs of */
    private record Known(Object rules, Needs needs) {}

    private final Rulesets rulesets;
    private volatile Known known = new Known(Set.of(), new Needs(Set.of(), Set.of(), Set.of(), false));

    RuleNeeds(Rulesets rulesets) {
        this.rulesets = rulesets;
    }

    /** The same object as long as the same rules are in force. */
    public Needs now() {
        Object rules = rulesets.understood("segments");
        var present = known;
        if (present.rules() != rules) {
            present = new Known(rules, rulesets.needs("segments"));
            known = present;
        }
        return present.needs();
    }

    /** Whether one of these events, or the customer's being seen by it, can change a decision. Orders and what the shop tells of a customer always can. */
    boolean matter(Set<String> events) {
        var needs = now();
        return needs.reads("engagement.daysSinceSeen")
                || events.stream().anyMatch(name -> name.startsWith("order.") || name.startsWith("customer.") || needs.events().contains(name));
    }
}
