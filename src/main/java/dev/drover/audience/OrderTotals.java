package dev.drover.audience;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What customers bought, summed up. Cancellations lower the revenue and are no orders. */
@Component
public class OrderTotals {

    /** @param average revenue by order, two decimals */
    public record Totals(int count, BigDecimal revenue, BigDecimal average, @Nullable Instant firstAt, @Nullable Instant lastAt) {
        public static final Totals NONE = new Totals(0, BigDecimal.ZERO, BigDecimal.ZERO, null, null);
    }

    private final JdbcClient jdbc;

    OrderTotals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Totals of(long customerId) {
        return of(java.util.List.of(customerId)).getOrDefault(customerId, Totals.NONE);
    }

    /** Totals by customer; who never ordered is left out. */
    public Map<Long, Totals> of(Collection<Long> customerIds) {
        var totals = new HashMap<Long, Totals>();
        jdbc.sql("""
                SELECT customer_id, count(*) FILTER (WHERE kind = 'order') AS orders, sum(total) AS revenue,
                       min(placed_at) FILTER (WHERE kind = 'order') AS first_at, max(placed_at) FILTER (WHERE kind = 'order') AS last_at
                  FROM customer_order WHERE customer_id = ANY(?) GROUP BY customer_id""")
                .param(customerIds.toArray(Long[]::new))
                .query(row -> {
                    int count = row.getInt("orders");
                    var revenue = row.getBigDecimal("revenue");
                    totals.put(row.getLong("customer_id"), new Totals(count, revenue,
                            count == 0 ? BigDecimal.ZERO : revenue.divide(BigDecimal.valueOf(count), 2, RoundingMode.HALF_UP),
                            instant(row.getTimestamp("first_at")), instant(row.getTimestamp("last_at"))));
                });
        return totals;
    }

    private static @Nullable Instant instant(java.sql.@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
