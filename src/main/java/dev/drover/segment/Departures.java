package dev.drover.segment;

import dev.drover.ruleset.RuleText;
import dev.drover.ruleset.RuleTrial;
import dev.drover.ruleset.Rulesets;
import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.language.Trial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says of those who leave which conditions no longer hold, and by which version of the rule. */
@Component
class Departures {

    /** @param rules that this is worked out from @param versions of the rule files, by segment */
    private record Known(Object rules, @Nullable RuleTrial trial, Map<String, Integer> versions) {}

    private static final String NO_LONGER = "The rule no longer holds";

    private final Rulesets rulesets;
    private volatile Known known = new Known(Set.of(), null, Map.of());

    Departures(Rulesets rulesets) {
        this.rulesets = rulesets;
    }

    /** @param keys of segments, by number */
    List<Memberships.Exit> of(List<Memberships.Member> over, Map<Long, String> keys, List<Customer> customers) {
        if (over.isEmpty()) {
            return List.of();
        }
        var rules = known();
        var byId = new HashMap<Long, Customer>();
        customers.forEach(customer -> byId.put(customer.getId(), customer));
        var why = new HashMap<Long, List<Trial.Told>>();
        var exits = new ArrayList<Memberships.Exit>();
        for (var member : over) {
            long id = member.customerId();
            String key = keys.get(member.segmentId());
            var told = why.computeIfAbsent(id, customer -> Objects.requireNonNull(rules.trial()).whyNow(byId.get(customer)));
            String reason = Reasons.shortly(key, told, false);
            exits.add(new Memberships.Exit(member, reason.isEmpty() ? NO_LONGER : reason, rules.versions().get(key)));
        }
        return exits;
    }

    private Known known() {
        Object rules = rulesets.understood("segments");
        var present = known;
        if (present.rules() != rules) {
            var versions = new HashMap<String, Integer>();
            for (RuleText rule : rulesets.rules("segments")) {
                rule.segments().forEach(key -> versions.put(key, rule.version()));
            }
            present = new Known(rules, rulesets.trial(), versions);
            known = present;
        }
        return present;
    }
}
