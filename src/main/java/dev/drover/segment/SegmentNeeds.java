package dev.drover.segment;

import dev.drover.ruleset.Needs;
import dev.drover.ruleset.fact.Customer;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the segment rules in force read, and what that means for whom to look at, and when. */
@Component
class SegmentNeeds {

    Needs now() {
        return new Needs(Set.of("orders.countWithin", "orders.countOf", "engagement.daysSinceSeen", "cart.total", "rfm.recency", "inSegment", "text", "email", "phone",
                "country", "timeZone", "daysToBirthday"), Set.of("product.viewed", "email.opened", "email.clicked"), Set.of(), true);
    }

    boolean asksForSegments() {
        return now().reads("inSegment");
    }

    /** Whether one of these events, or the customer's being seen by it, can change a decision. Orders and what the shop tells of a customer always can. */
    boolean matters(Set<String> events) {
        var needs = now();
        return events.isEmpty() || needs.reads("engagement.daysSinceSeen")
                || events.stream().anyMatch(name -> name.startsWith("order.") || name.startsWith("customer.") || needs.events().contains(name));
    }

    /** When time alone may change a decision about this customer; {@code null}: never. */
    @Nullable Instant nextLook(Customer customer) {
        return null;
    }
}
