package dev.drover.segment;

import dev.drover.cart.CartsChanged;
import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventConsumer;
import dev.drover.kernel.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Decides upon customers again as soon as something happens to them. */
@Component
class SegmentConsumer implements EventConsumer {

    static final String NAME = "segments";

    private static final Logger log = LoggerFactory.getLogger(SegmentConsumer.class);
    private static final Set<String> WANTED = Set.of("customer.created", "customer.updated", "order.placed", "order.cancelled");

    private final SegmentDecider decider;

    SegmentConsumer(SegmentDecider decider) {
        this.decider = decider;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> wanted() {
        return WANTED;
    }

    @Override
    public void consume(List<Event> events) {
        decide(events.stream().map(Event::customerId).filter(Objects::nonNull).distinct().toList());
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
