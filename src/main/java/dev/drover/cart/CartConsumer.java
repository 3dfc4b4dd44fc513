package dev.drover.cart;

import dev.drover.audience.Customers;
import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventConsumer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Keeps carts as the shop's events tell them: a change, then perhaps an order. */
@Component
class CartConsumer implements EventConsumer {

    private static final String CART = "cart.updated";
    private static final String ORDER = "order.placed";
    private static final String CLICK = "email.clicked";

    private final CartRows carts;
    private final Recoveries recoveries;
    private final Discounts discounts;
    private final Customers customers;
    private final ComingBack comingBack;
    private final ApplicationEventPublisher events;

    CartConsumer(CartRows carts, Recoveries recoveries, Discounts discounts, Customers customers, ComingBack comingBack, ApplicationEventPublisher events) {
        this.carts = carts;
        this.recoveries = recoveries;
        this.discounts = discounts;
        this.customers = customers;
        this.comingBack = comingBack;
        this.events = events;
    }

    @Override
    public String name() {
        return "carts";
    }

    @Override
    public Set<String> wanted() {
        return Set.of(CART, ORDER, CLICK);
    }

    @Override
    public boolean takesPartitionsTogether() {
        return true;
    }

    @Override
    public String lane() {
        return CUSTOMERS;
    }

    @Override
    public void consume(List<Event> batch) {
        var changed = new LinkedHashSet<Long>();
        var contents = latestContents(batch);
        if (!contents.isEmpty()) {
            changed.addAll(carts.update(contents));
            recoveries.endEmptied(contents.stream().map(CartRows.Content::cartId).toList());
        }
        var placed = batch.stream().filter(event -> event.name().equals(ORDER)).toList();
        if (!placed.isEmpty()) {
            changed.addAll(carts.close(placed));
            recoveries.recovered(placed);
            placed.forEach(discounts::redeemedBy);
        }
        comingBack.note(batch.stream().filter(event -> event.name().equals(CLICK)).toList());
        if (!changed.isEmpty()) {
            events.publishEvent(new CartsChanged(List.copyOf(changed)));
        }
    }

    /** The last word on each cart of this batch. */
    private List<CartRows.Content> latestContents(List<Event> batch) {
        Map<String, Event> latest = new LinkedHashMap<>();
        batch.stream().filter(event -> event.name().equals(CART) && event.text("cartId") != null)
                .forEach(event -> latest.merge(event.text("cartId"), event, (one, two) -> two.occurredAt().isBefore(one.occurredAt()) ? one : two));
        var known = customers.idsByEmail(latest.values().stream().filter(event -> event.customerId() == null).map(event -> event.text("email"))
                .filter(Objects::nonNull).toList());
        var knownByPhone = customers.idsByPhone(latest.values().stream().filter(event -> event.customerId() == null).map(event -> event.text("phone")).filter(Objects::nonNull).toList());
        var contents = new ArrayList<CartRows.Content>();
        latest.forEach((cartId, event) -> {
            String email = event.text("email") == null ? null : event.text("email").toLowerCase(Locale.ROOT);
            Long customer = event.customerId() != null ? event.customerId() : email == null ? null : known.get(email);
            if (customer == null && event.text("phone") != null) {
                customer = knownByPhone.get(event.text("phone"));
            }
            contents.add(new CartRows.Content(cartId, customer, event.anonymousId(), CartItem.of(event.properties().get("items")),
                    Objects.requireNonNullElse(event.text("currency"), "EUR"), email, event.text("phone"), event.origin(), event.occurredAt()));
        });
        return contents;
    }
}
