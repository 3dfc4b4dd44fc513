package dev.drover.cart;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What lies in customers' open carts. Whoever changes a cart publishes {@link CartsChanged}. */
@Component
public class OpenCarts {

    /** @param total in the cart's currency */
    public record Totals(BigDecimal total, int itemCount, Instant updatedAt) {}

    /** By customer; who has no open cart is left out. Of several the one changed last. */
    public Map<Long, Totals> totalsOf(Collection<Long> customerIds) {
        return Map.of();
    }
}
