package dev.drover.cart;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What lies in customers' open carts. Whoever changes a cart publishes {@link CartsChanged}. */
@Component
public class OpenCarts {

    /** @param total in the cart's currency */
    public record Totals(BigDecimal total, int itemCount, Instant updatedAt) {}

    private final JdbcClient jdbc;

    OpenCarts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By customer; who has no open cart is left out. Of several the one changed last. */
    public Map<Long, Totals> totalsOf(Collection<Long> customerIds) {
        var totals = new HashMap<Long, Totals>();
        jdbc.sql("""
                SELECT DISTINCT ON (customer_id) customer_id, total, item_count, updated_at
                  FROM cart WHERE customer_id = ANY(?) AND status = 'open' ORDER BY customer_id, updated_at DESC""")
                .param(customerIds.toArray(Long[]::new))
                .query(row -> {
                    totals.put(row.getLong(1), new Totals(row.getBigDecimal(2), row.getInt(3), row.getTimestamp(4).toInstant()));
                });
        return totals;
    }
}
