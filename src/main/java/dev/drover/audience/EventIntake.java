package dev.drover.audience;

import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes the shop's events in: all of a request or, when one is wrong, none. */
@Component
public class EventIntake {

    /** @param duplicates events whose id was there already, or came twice in the request */
    public record Taken(int accepted, int duplicates) {}

    private final Customers customers;
    private final Orders orders;
    private final Guests guests;
    private final EventLog log;
    private final PlatformClock clock;

    EventIntake(Customers customers, Orders orders, Guests guests, EventLog log, PlatformClock clock) {
        this.customers = customers;
        this.orders = orders;
        this.guests = guests;
        this.log = log;
        this.clock = clock;
    }

    /**
     * @param path how an event is named in an error: {@code "events[%d]."}, or {@code ""} for a single one
     * @throws Problem rejected with every field that is wrong; unknown customers among them
     */
    @Transactional
    public Taken takeAll(List<EventInput> events, String path, Event.Origin origin) {
        Instant now = clock.instant();
        Map<String, Long> known = customers.idsOf(events.stream().filter(Objects::nonNull).map(EventInput::customerId).filter(Objects::nonNull).toList());
        check(events, path, known, now);
        Map<String, EventInput> unique = new LinkedHashMap<>();
        events.forEach(event -> unique.putIfAbsent(event.eventId(), event));
        var owners = guests.take(unique.values(), known, origin);
        var plain = new ArrayList<NewEvent>();
        var placed = new ArrayList<Orders.Placed>();
        for (EventInput event : unique.values()) {
            Long customer = event.customerId() != null && known.containsKey(event.customerId()) ? known.get(event.customerId()) : owners.get(event.eventId());
            if (KnownEvents.ORDER_PLACED.equals(event.name())) {
                placed.add(order(event, customer, now));
            } else {
                plain.add(new NewEvent(event.eventId(), event.name(), customer, event.anonymousId(), Objects.requireNonNullElse(event.occurredAt(), now),
                        origin, event.propertiesOrNone()));
            }
        }
        // An order is taken by its event: when that id is there already, for whatever happened, the order is a repeat too.
        var there = log.known(placed.stream().map(Orders.Placed::eventId).toList());
        placed.removeIf(order -> there.contains(order.eventId()));
        int accepted = log.append(plain).size() + (placed.isEmpty() ? 0 : orders.takeAll(placed, origin));
        return new Taken(accepted, events.size() - accepted);
    }

    private static void check(List<EventInput> events, String path, Map<String, Long> known, Instant now) {
        var errors = new ArrayList<Problem.FieldError>();
        for (int n = 0; n < events.size() && errors.size() < 100; n++) {
            var event = events.get(n);
            String at = path.formatted(n);
            if (event == null) {
                errors.add(new Problem.FieldError(at.replaceAll("\\.$", ""), "This event is null."));
                continue;
            }
            event.problems(now).forEach(error -> errors.add(new Problem.FieldError(at + error.field(), error.message())));
            if (event.customerId() != null && !known.containsKey(event.customerId()) && event.anonymousId() == null) {
                errors.add(new Problem.FieldError(at + "customerId", "There is no customer '%s'. Send the customer first, or an anonymousId."
                        .formatted(event.customerId().length() > 60 ? event.customerId().substring(0, 60) + "…" : event.customerId())));
            }
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    private static Orders.Placed order(EventInput event, @Nullable Long customer, Instant now) {
        var properties = event.propertiesOrNone();
        return new Orders.Placed(String.valueOf(properties.get("orderId")), customer, Orders.Kind.ORDER,
                Objects.requireNonNullElse(event.occurredAt(), now), Objects.requireNonNullElse(KnownEvents.text(properties, "currency"), Orders.CURRENCY),
                KnownEvents.lines(properties), KnownEvents.total(properties), KnownEvents.text(properties, "cartId"),
                KnownEvents.text(properties, "discountCode"), event.eventId());
    }
}
