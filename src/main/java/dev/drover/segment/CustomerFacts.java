package dev.drover.segment;

import dev.drover.facts.Facts;
import dev.drover.facts.Whom;
import dev.drover.ruleset.Needs;
import dev.drover.ruleset.fact.Customer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What segment rules read, for many customers at once: the facts, and the segments that no rule decides. */
@Component
class CustomerFacts {

    private final Facts facts;
    private final SegmentCatalogue catalogue;
    private final Memberships memberships;

    CustomerFacts(Facts facts, SegmentCatalogue catalogue, Memberships memberships) {
        this.facts = facts;
        this.catalogue = catalogue;
        this.memberships = memberships;
    }

    List<Customer> of(Whom whom, Needs needed) {
        return of(whom, needed, needed.reads("inSegment") ? memberships.present(whom) : List.of());
    }

    /** @param present all their memberships now */
    List<Customer> of(Whom whom, Needs needed, List<Memberships.Member> present) {
        return facts.of(whom, needed, standing(needed, present));
    }

    /** Of present memberships those that rules ask for and don't decide. */
    private Map<Long, Set<String>> standing(Needs needed, List<Memberships.Member> present) {
        if (present.isEmpty() || !needed.reads("inSegment")) {
            return Map.of();
        }
        var keys = catalogue.undecided();
        var byCustomer = new HashMap<Long, Set<String>>();
        for (var member : present) {
            String key = keys.get(member.segmentId());
            if (key != null) {
                byCustomer.computeIfAbsent(member.customerId(), customer -> new HashSet<>()).add(key);
            }
        }
        return byCustomer;
    }
}
