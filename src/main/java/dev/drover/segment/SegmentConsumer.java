package dev.drover.segment;

import dev.drover.cart.CartsChanged;
import dev.drover.facts.FactsChanged;
import dev.drover.kernel.Problem;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Decides upon customers again as soon as something happens to them, in the transaction that wrote it down. */
@Component
class SegmentConsumer {

    private static final Logger log = LoggerFactory.getLogger(SegmentConsumer.class);

    private final SegmentDecider decider;

    SegmentConsumer(SegmentDecider decider) {
        this.decider = decider;
    }

    @EventListener
    void on(FactsChanged changed) {
        decide(changed.customerIds());
    }

    /** The cart's own news: reading cart.updated from the log could be earlier than the cart is written. */
    @EventListener
    void on(CartsChanged changed) {
        decide(changed.customerIds());
    }

    private void decide(Collection<Long> customers) {
        if (customers.isEmpty()) {
            return;
        }
        try {
            decider.decide(customers);
        } catch (Problem notInForce) {
            // Putting rules in force again decides upon everybody, these customers too.
            log.warn("Segments aren't decided: {}", notInForce.getMessage());
        }
    }
}
