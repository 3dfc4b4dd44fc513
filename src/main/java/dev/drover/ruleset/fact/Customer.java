package dev.drover.ruleset.fact;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A customer as segment rules see one: {@code Customer(orders.count >= 5, orders.daysSinceLast <= 90)}. All "days since" are fractions of
 * days, so that {@code > 90} means more than 90 times 24 hours; what never happened is infinitely long ago.
 */
public final class Customer {

    private final long id;
    private final @Nullable String country;
    private final Map<String, Object> attributes;
    private final double daysSinceKnown;
    private final Orders orders;
    private final Cart cart;

    public Customer(long id, @Nullable String country, Map<String, Object> attributes, Instant knownSince, Instant now, Orders orders, Cart cart) {
        this.id = id;
        this.country = country;
        this.attributes = attributes;
        this.daysSinceKnown = days(knownSince, now);
        this.orders = orders;
        this.cart = cart;
    }

    public long getId() {
        return id;
    }

    /** As the shop wrote it, such as {@code NL}. */
    public @Nullable String getCountry() {
        return country;
    }

    /** What else the shop told: {@code attributes["plan"] == "family"}. */
    public Map<String, Object> getAttributes() {
        return attributes;
    }

    public double getDaysSinceKnown() {
        return daysSinceKnown;
    }

    public Orders getOrders() {
        return orders;
    }

    public Cart getCart() {
        return cart;
    }

    static double days(@Nullable Instant since, Instant now) {
        return since == null ? Double.POSITIVE_INFINITY : Duration.between(since, now).toMillis() / 86_400_000d;
    }
}
