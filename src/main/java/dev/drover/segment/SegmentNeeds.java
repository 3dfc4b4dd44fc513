package dev.drover.segment;

import dev.drover.ruleset.Needs;
import dev.drover.ruleset.Rulesets;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What the segment rules in force read, and what that means for whom to look at. */
@Component
class SegmentNeeds {

    /** @param rules that these are the needs of */
    private record Known(Object rules, Needs needs) {}

    private final Rulesets rulesets;
    private volatile Known known = new Known(Set.of(), new Needs(Set.of(), Set.of(), Set.of(), false));

    SegmentNeeds(Rulesets rulesets) {
        this.rulesets = rulesets;
    }

    /** The same object as long as the same rules are in force. */
    Needs now() {
        Object rules = rulesets.understood("segments");
        if (known.rules() != rules) {
            known = new Known(rules, rulesets.needs("segments"));
        }
        return known.needs();
    }

    /** Whether one of these events, or the customer's being seen by it, can change a decision. Orders and what the shop tells of a customer always can. */
    boolean matters(Set<String> events) {
        var needs = now();
        return events.isEmpty() || needs.reads("engagement.daysSinceSeen")
                || events.stream().anyMatch(name -> name.startsWith("order.") || name.startsWith("customer.") || needs.events().contains(name));
    }
}
