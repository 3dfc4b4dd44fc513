package dev.drover.audience;

import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The log's events on the timeline, in words. What other sources tell better (consent, segments, carts' fate) is left to them. */
@Component
class EventTimeline implements TimelineSource {

    private static final Set<String> TOLD_ELSEWHERE = Set.of("consent.granted", "consent.withdrawn", "segment.entered", "segment.left",
            "cart.abandoned", "cart.recovered");

    private final EventLog log;

    EventTimeline(EventLog log) {
        this.log = log;
    }

    @Override
    public List<Entry> of(Customer customer, Instant before, int limit) {
        return log.ofCustomer(customer.id(), before, limit, TOLD_ELSEWHERE).stream()
                .map(event -> new Entry(event.occurredAt(), "event", title(event), detail(event), null, event.properties()))
                .toList();
    }

    private static String title(Event event) {
        return switch (event.name()) {
            case "customer.created" -> "Became known";
            case "customer.registered" -> "Registered, a guest until then";
            case "customer.updated" -> "Details changed";
            case "customer.subscribed" -> "Takes e-mail for the first time";
            case "customer.confirmation_requested" -> "Asked for a link by e-mail";
            case "order.placed" -> "Ordered for %s %s".formatted(event.text("currency"), event.text("total"));
            case "order.cancelled" -> "Cancelled for %s %s".formatted(event.text("currency"), event.text("total"));
            case "cart.updated" -> "Changed the cart";
            case "product.viewed" -> "Looked at " + event.text("productId");
            case "email.opened" -> "Opened the e-mail" + named(event);
            case "email.clicked" -> "Clicked in the e-mail" + named(event);
            default -> event.name();
        };
    }

    private static @Nullable String detail(Event event) {
        return switch (event.name()) {
            case "order.placed", "order.cancelled" -> "Order " + event.text("orderId");
            case "cart.updated" -> event.properties().get("items") instanceof List<?> items
                    ? items.size() == 1 ? "1 product" : items.size() + " products" : null;
            case "email.clicked" -> event.text("url");
            default -> null;
        };
    }

    /** A shop that tells of mails sent elsewhere may have no name for them. */
    private static String named(Event event) {
        String template = event.text("template");
        return template == null ? "" : " '" + template + "'";
    }
}
