package dev.drover.cart;

import dev.drover.audience.Customer;
import dev.drover.audience.Shown;
import dev.drover.audience.TimelineSource;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Carts that were left, with why a reminder came or didn't. What became of them is an event of the log. */
@Component
class CartTimeline implements TimelineSource {

    private final JdbcClient jdbc;

    CartTimeline(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Entry> of(Customer customer, Instant before, int limit) {
        return jdbc.sql("""
                SELECT a.*, c.cart_id AS shop_cart, c.currency FROM abandoned_cart a JOIN cart c ON c.id = a.cart_id
                 WHERE a.customer_id = ? AND a.abandoned_at < ? ORDER BY a.abandoned_at DESC LIMIT ?""")
                .param(customer.id()).param(Timestamp.from(before)).param(limit)
                .query((row, n) -> new Entry(row.getTimestamp("abandoned_at").toInstant(), "cart",
                        "Left a cart of " + Shown.money(row.getBigDecimal("cart_total"), row.getString("currency")),
                        switch (row.getString("recovery_status")) {
                            case "excluded" -> "No reminder: " + row.getString("reason");
                            case "recovered" -> "Recovered by order " + row.getString("recovered_order_id");
                            case "expired" -> "Lost: " + row.getString("reason");
                            case "recovery_started" -> "Reminders began";
                            default -> "Reminders are about to begin";
                        }, "/carts?customer=" + java.net.URLEncoder.encode(customer.externalId(), java.nio.charset.StandardCharsets.UTF_8),
                        Map.of("cartId", row.getString("shop_cart"), "status", row.getString("recovery_status")))).list();
    }
}
