package dev.drover.audience;

import dev.drover.eventlog.Event;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes orders in as the shop tells them, by external ids. */
@Component
public class OrderIntake {

    private final Customers customers;
    private final Orders orders;
    private final PlatformClock clock;

    OrderIntake(Customers customers, Orders orders, PlatformClock clock) {
        this.customers = customers;
        this.orders = orders;
        this.clock = clock;
    }

    /**
     * @return whether it was new; a known external id is absorbed
     * @throws Problem rejected with the fields that are wrong, an unknown customer among them
     */
    @Transactional
    public boolean take(OrderInput order, Event.Origin origin) {
        var problems = problems(List.of(order)).get(0);
        if (problems != null) {
            throw Problem.invalid(problems);
        }
        return takeAll(List.of(order), origin) == 1;
    }

    /** What is wrong, by the order's place in the list; a good order is left out. */
    public Map<Integer, List<Problem.FieldError>> problems(List<OrderInput> given) {
        var known = customers.idsOf(given.stream().map(OrderInput::customerId).filter(Objects::nonNull).toList());
        var now = clock.instant();
        var found = new LinkedHashMap<Integer, List<Problem.FieldError>>();
        for (int n = 0; n < given.size(); n++) {
            var order = given.get(n);
            var errors = new ArrayList<>(order.problems(now));
            if (order.customerId() != null && !known.containsKey(order.customerId())) {
                errors.add(new Problem.FieldError("customerId", "There is no customer '" + order.customerId() + "'. Send the customer first."));
            }
            if (!errors.isEmpty()) {
                found.put(n, errors);
            }
        }
        return found;
    }

    /** @return how many checked orders were new */
    @Transactional
    public int takeAll(List<OrderInput> given, Event.Origin origin) {
        var known = customers.idsOf(given.stream().map(OrderInput::customerId).filter(Objects::nonNull).toList());
        var now = clock.instant();
        return orders.takeAll(given.stream().map(order -> new Orders.Placed(order.externalId(), known.get(order.customerId()), Orders.Kind.ORDER,
                Objects.requireNonNullElse(order.placedAt(), now), Objects.requireNonNullElse(order.currency(), Orders.CURRENCY), order.lines(), null,
                order.cartId(), order.discountCode(), null)).toList(), origin);
    }
}
