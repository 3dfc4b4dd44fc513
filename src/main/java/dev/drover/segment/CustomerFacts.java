package dev.drover.segment;

import dev.drover.facts.Facts;
import dev.drover.facts.Whom;
import dev.drover.ruleset.fact.Customer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What segment rules read, for many customers at once: the facts, and the segments that no rule decides. */
@Component
class CustomerFacts {

    private final Facts facts;
    private final SegmentNeeds needs;
    private final SegmentCatalogue catalogue;
    private final Memberships memberships;

    CustomerFacts(Facts facts, SegmentNeeds needs, SegmentCatalogue catalogue, Memberships memberships) {
        this.facts = facts;
        this.needs = needs;
        this.catalogue = catalogue;
        this.memberships = memberships;
    }

    List<Customer> of(Collection<Long> ids) {
        var whom = Whom.these(ids);
        return of(whom, needs.asksForSegments() ? memberships.present(whom) : List.of());
    }

    /** @param present their memberships, where the caller has read them already */
    List<Customer> of(Whom whom, List<Memberships.Member> present) {
        var customers = facts.of(whom, needs.now());
        if (!needs.asksForSegments() || present.isEmpty()) {
            return customers;
        }
        Map<Long, String> undecided = catalogue.undecided();
        // Both are in the order of the customers' numbers.
        int at = 0;
        for (Customer customer : customers) {
            for (; at < present.size() && present.get(at).customerId() <= customer.getId(); at++) {
                String key = undecided.get(present.get(at).segmentId());
                if (key != null && present.get(at).customerId() == customer.getId()) {
                    customer.entered(key);
                }
            }
        }
        return customers;
    }
}
