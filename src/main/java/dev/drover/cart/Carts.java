package dev.drover.cart;

import dev.drover.kernel.Page;
import dev.drover.kernel.Problem;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks carts up, with how their recovery stands. */
@Component
public class Carts {

    /** @param productId external id */
    public record Item(String productId, int quantity, BigDecimal unitPrice) {}

    public record Content(String cartId, List<Item> items, @Nullable String customerExternalId) {}

    /**
     * @param status open, ordered or emptied; once left: abandoned, recovery_started, recovered, expired or excluded
     * @param reason why no recovery began, or why it ended
     */
    record Line(long id, String cartId, @Nullable String customerId, @Nullable String customerName, String status, @Nullable String reason, BigDecimal total,
            String currency, int itemCount, Instant updatedAt, @Nullable Instant abandonedAt, @Nullable Instant recoveredAt, @Nullable String orderId) {}

    /** Which carts are asked for; {@code null}: whichever. */
    record Filter(@Nullable String customer, @Nullable String status) {
        static final List<String> STATUSES = List.of("open", "abandoned", "recovery_started", "recovered", "expired", "excluded", "ordered", "emptied");

        Filter {
            if (status != null && !status.isBlank() && !STATUSES.contains(status)) {
                throw Problem.invalid("status", "'%s' is no state of a cart: use one of %s.".formatted(status, String.join(", ", STATUSES)));
            }
        }
    }

    // A cart changed again after it was left is open again, unless its recovery runs on or it was ordered.
    private static final String STATE = """
            CASE WHEN c.status = 'ordered' AND a.recovery_status = 'recovered' THEN 'recovered'
                 WHEN c.status <> 'open' THEN c.status
                 WHEN a.recovery_status IN ('abandoned', 'recovery_started') OR a.cart_updated_at = c.updated_at THEN a.recovery_status
                 ELSE 'open' END AS state
            """;

    private static final String LINES = """
            SELECT * FROM (
                SELECT c.id, c.cart_id, u.external_id, coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email, c.email) AS person,
                       """ + STATE + """
                       , CASE WHEN a.cart_updated_at = c.updated_at THEN a.reason END AS reason,
                       c.total, c.currency, c.item_count, c.updated_at, a.abandoned_at, a.recovered_at, c.order_id, c.customer_id
                  FROM cart c LEFT JOIN customer u ON u.id = c.customer_id
                  LEFT JOIN LATERAL (SELECT * FROM abandoned_cart WHERE cart_id = c.id ORDER BY id DESC LIMIT 1) a ON true) AS line
            """;

    private static final RowMapper<Line> LINE = (row, n) -> new Line(row.getLong("id"), row.getString("cart_id"), row.getString("external_id"), row.getString("person"),
            row.getString("state"), row.getString("reason"), row.getBigDecimal("total"), row.getString("currency"), row.getInt("item_count"),
            row.getTimestamp("updated_at").toInstant(), instant(row, "abandoned_at"), instant(row, "recovered_at"), row.getString("order_id"));

    private final JdbcClient jdbc;

    Carts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<Content> content(String cartId) {
        return jdbc.sql("SELECT c.cart_id, c.items, u.external_id FROM cart c LEFT JOIN customer u ON u.id = c.customer_id WHERE c.cart_id = ?").param(cartId)
                .query((row, n) -> new Content(row.getString(1), CartItem.read(row.getString(2)).stream()
                        .map(item -> new Item(item.productId(), item.quantity().intValue(), item.unitPrice())).toList(), row.getString(3))).optional();
    }

    Optional<String> cartId(long id) {
        return jdbc.sql("SELECT cart_id FROM cart WHERE id = ?").param(id).query(String.class).optional();
    }

    /** Changed last first. */
    Page<Line> list(Filter filter, @Nullable String after, int limit) {
        String key = Page.key(after);
        var conditions = new StringBuilder("WHERE true");
        conditions.append(blank(filter.customer()) ? "" : " AND external_id = :customer").append(blank(filter.status()) ? "" : " AND state = :status")
                .append(key == null ? "" : " AND (updated_at, id) < (:at, :id)");
        var query = jdbc.sql(LINES + conditions + " ORDER BY updated_at DESC, id DESC LIMIT :most").param("most", limit + 1)
                .param("customer", filter.customer()).param("status", filter.status());
        if (key != null) {
            query = position(query, key);
        }
        return Page.of(query.query(LINE).list(), limit, line -> line.updatedAt() + " " + line.id());
    }

    private static JdbcClient.StatementSpec position(JdbcClient.StatementSpec query, String key) {
        try {
            String[] halves = key.split(" ");
            return query.param("at", Timestamp.from(Instant.parse(halves[0]))).param("id", Long.parseLong(halves[1]));
        } catch (RuntimeException e) {
            throw Page.notOurs();
        }
    }

    /** Carts that wait for their owner now, and what lies in them, by state. */
    Map<String, Standing> standing() {
        var standing = new java.util.HashMap<String, Standing>();
        // All carts at once: a look for each, as a page of them does, is slow for a million.
        jdbc.sql("SELECT state, count(*), sum(total) FROM (SELECT c.total, " + STATE + """
                FROM cart c LEFT JOIN (SELECT DISTINCT ON (cart_id) cart_id, recovery_status, cart_updated_at FROM abandoned_cart ORDER BY cart_id, id DESC) a ON a.cart_id = c.id) AS carts
                GROUP BY state""").query(row -> {
            standing.put(row.getString(1), new Standing(row.getLong(2), row.getBigDecimal(3)));
        });
        return standing;
    }

    record Standing(long carts, BigDecimal total) {
        static final Standing NONE = new Standing(0, BigDecimal.ZERO);

        Standing plus(Standing other) {
            return new Standing(carts + other.carts, total.add(other.total));
        }
    }

    private static boolean blank(@Nullable String value) {
        return value == null || value.isBlank();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
