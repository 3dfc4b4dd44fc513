package dev.drover.segment;

import dev.drover.audience.Customers;
import dev.drover.audience.OrderTotals;
import dev.drover.cart.OpenCarts;
import dev.drover.kernel.PlatformClock;
import dev.drover.ruleset.fact.Cart;
import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.fact.Orders;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;

/** What segment rules read, for many customers at once. */
@Component
class CustomerFacts {

    private final Customers customers;
    private final OrderTotals totals;
    private final OpenCarts carts;
    private final PlatformClock clock;

    CustomerFacts(Customers customers, OrderTotals totals, OpenCarts carts, PlatformClock clock) {
        this.customers = customers;
        this.totals = totals;
        this.carts = carts;
        this.clock = clock;
    }

    List<Customer> of(Collection<Long> ids) {
        Instant now = clock.instant();
        var orders = totals.of(ids);
        var open = carts.totalsOf(ids);
        return customers.byIds(ids).stream().map(customer -> {
            var bought = orders.getOrDefault(customer.id(), OrderTotals.Totals.NONE);
            var cart = open.get(customer.id());
            return new Customer(customer.id(), customer.country(), customer.attributes(), customer.createdAt(), now,
                    new Orders(bought.count(), bought.revenue(), bought.firstAt(), bought.lastAt(), now),
                    cart == null ? Cart.none(now) : new Cart(cart.total(), cart.itemCount(), cart.updatedAt(), now));
        }).toList();
    }
}
