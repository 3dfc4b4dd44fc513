package dev.drover.delivery;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.delivery.Outbox.Claimed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes claimed messages ready: the rules are asked once more, a mailing's are rendered, links are tracked. What all need is looked up together. */
@Component
class Preparation {

    private static final Logger log = LoggerFactory.getLogger(Preparation.class);
    private static final Eligibility.Decision GONE = new Eligibility.Decision("skip", "erased", "the customer is gone", null);

    record Ready(Claimed message, ChannelProvider.Outbound outbound) {}

    /** @param unready why they aren't sent now */
    record Prepared(List<Ready> ready, Map<Claimed, Settlement> unready) {}

    private final Customers customers;
    private final Eligibility eligibility;
    private final Contents contents;
    private final Senders senders;
    private final TrackedContent tracked;
    private final Mailings mailings;
    private final Retries retries;

    Preparation(Customers customers, Eligibility eligibility, Contents contents, Senders senders, TrackedContent tracked, Mailings mailings, Retries retries) {
        this.customers = customers;
        this.eligibility = eligibility;
        this.contents = contents;
        this.senders = senders;
        this.tracked = tracked;
        this.mailings = mailings;
        this.retries = retries;
    }

    Prepared of(List<Claimed> claimed) {
        if (claimed.isEmpty()) {
            return new Prepared(List.of(), Map.of());
        }
        var unready = new LinkedHashMap<Claimed, Settlement>();
        var ready = new ArrayList<Ready>();
        try {
            var people = customers.byIds(claimed.stream().map(Claimed::customerId).distinct().toList()).stream().collect(Collectors.toMap(Customer::id, Function.identity()));
            var going = going(claimed, people, unready);
            var sender = senders.standard();
            var texts = contents.of(going, people, sender);
            for (Claimed message : going) {
                try {
                    var content = tracked.of(message.id(), message.channel(), message.type(), mailings.tracking(message.mailing(), message.originId()), texts.of(message));
                    ready.add(new Ready(message, new ChannelProvider.Outbound(message.id(), message.channel(), message.address(), mailings.sender(message.mailing(), sender), content, message.queuedAt())));
                } catch (RuntimeException e) {
                    unready.put(message, notNow(message, e));
                }
            }
        } catch (RuntimeException e) {
            // None has left yet, so that trying again is safe.
            ready.clear();
            claimed.forEach(message -> unready.computeIfAbsent(message, one -> notNow(one, e)));
        }
        return new Prepared(ready, unready);
    }

    private List<Claimed> going(List<Claimed> claimed, Map<Long, Customer> people, Map<Claimed, Settlement> unready) {
        claimed.stream().filter(message -> !people.containsKey(message.customerId())).forEach(message -> unready.put(message, Settlement.heldBack(message.id(), GONE)));
        var known = claimed.stream().filter(message -> people.containsKey(message.customerId())).toList();
        var decisions = eligibility.settle(known.stream().map(message -> new RecipientFacts.Asked(people.get(message.customerId()), message.channel(), message.address(),
                message.type(), message.category(), message.origin(), message.originId(), message.id())).toList());
        var going = new ArrayList<Claimed>();
        for (int n = 0; n < known.size(); n++) {
            if (decisions.get(n).sends()) {
                going.add(known.get(n));
            } else {
                unready.put(known.get(n), Settlement.heldBack(known.get(n).id(), decisions.get(n)));
            }
        }
        return going;
    }

    private Settlement notNow(Claimed message, RuntimeException e) {
        log.warn("Message {} couldn't be prepared, trying again later: {}", message.id(), e.toString());
        return retries.later(message.id(), message.attempts(), "it couldn't be prepared: " + e.getMessage(), null);
    }
}
