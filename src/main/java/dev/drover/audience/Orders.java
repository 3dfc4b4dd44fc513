package dev.drover.audience;

import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.Checks;
import dev.drover.kernel.PlatformClock;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes orders in: the order, its lines and its event in one transaction, once by its external id. */
@Component
public class Orders {

    static final String CURRENCY = "EUR";

    /**
     * A checked order. {@code customerId} is the internal number.
     *
     * @param told    its total where it comes without lines
     * @param eventId of the event it is told by; {@code null}: {@code order.placed:ID}
     */
    public record Placed(String externalId, @Nullable Long customerId, Kind kind, Instant placedAt, String currency, List<OrderInput.Line> lines,
            @Nullable BigDecimal told, @Nullable String cartId, @Nullable String discountCode, @Nullable String eventId) {

        BigDecimal total() {
            return lines.isEmpty() && told != null ? told.setScale(2, RoundingMode.HALF_UP) : lines.stream().map(OrderInput.Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add).setScale(2, RoundingMode.HALF_UP);
        }
    }

    public enum Kind {
        ORDER, CANCELLATION
    }

    private final JdbcTemplate jdbc;
    private final Products products;
    private final EventLog log;
    private final PlatformClock clock;

    Orders(JdbcTemplate jdbc, Products products, EventLog log, PlatformClock clock) {
        this.jdbc = jdbc;
        this.products = products;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Takes orders in; one whose external id is known is left as it is.
     *
     * @return how many were new
     */
    @Transactional
    public int takeAll(List<Placed> orders, Event.Origin origin) {
        Map<String, Placed> unique = new LinkedHashMap<>();
        orders.forEach(order -> unique.putIfAbsent(order.externalId(), order));
        Map<String, Long> fresh = insertOrders(unique.values().stream().sorted(Comparator.comparing(Placed::externalId)).toList());
        var added = unique.values().stream().filter(order -> fresh.containsKey(order.externalId())).toList();
        insertLines(added, fresh);
        log.append(added.stream().map(order -> event(order, origin)).toList());
        return added.size();
    }

    private Map<String, Long> insertOrders(List<Placed> orders) {
        var ids = new HashMap<String, Long>();
        var now = Timestamp.from(clock.instant());
        jdbc.query(connection -> {
            var statement = connection.prepareStatement("""
                    INSERT INTO customer_order (external_id, customer_id, kind, placed_at, currency, total, cart_id, discount_code, recorded_at)
                    SELECT t.*, ? FROM unnest(?::text[], ?::bigint[], ?::text[], ?::timestamptz[], ?::text[], ?::numeric[], ?::text[], ?::text[]) AS t
                    ON CONFLICT (external_id) DO NOTHING
                    RETURNING external_id, id""");
            statement.setTimestamp(1, now);
            statement.setArray(2, connection.createArrayOf("text", orders.stream().map(Placed::externalId).toArray()));
            statement.setArray(3, connection.createArrayOf("bigint", orders.stream().map(Placed::customerId).toArray()));
            statement.setArray(4, connection.createArrayOf("text", orders.stream().map(order -> order.kind().name().toLowerCase(java.util.Locale.ROOT)).toArray()));
            statement.setArray(5, connection.createArrayOf("text", orders.stream().map(order -> order.placedAt().toString()).toArray()));
            statement.setArray(6, connection.createArrayOf("text", orders.stream().map(Placed::currency).toArray()));
            statement.setArray(7, connection.createArrayOf("numeric", orders.stream().map(Placed::total).toArray()));
            statement.setArray(8, connection.createArrayOf("text", orders.stream().map(Placed::cartId).toArray()));
            statement.setArray(9, connection.createArrayOf("text", orders.stream().map(Placed::discountCode).toArray()));
            return statement;
        }, row -> {
            ids.put(row.getString(1), row.getLong(2));
        });
        return ids;
    }

    private void insertLines(List<Placed> orders, Map<String, Long> orderIds) {
        Map<String, @Nullable String> named = new HashMap<>();
        orders.forEach(order -> order.lines().forEach(line -> named.merge(line.productId(), line.productName() == null ? line.productId() : line.productName(),
                (one, other) -> one)));
        if (named.isEmpty()) {
            return;
        }
        Map<String, Long> productIds = products.idsOf(named);
        record Row(Long order, int number, Long product, OrderInput.Line line) {}
        var rows = new ArrayList<Row>();
        for (Placed order : orders) {
            for (int n = 0; n < order.lines().size(); n++) {
                var line = order.lines().get(n);
                rows.add(new Row(orderIds.get(order.externalId()), n + 1, productIds.get(line.productId()), line));
            }
        }
        // Arrays again: an import brings hundreds of lines an order, and a statement each would be most of its time.
        jdbc.update(connection -> {
            var statement = connection.prepareStatement("""
                    INSERT INTO order_line (order_id, line, product_id, quantity, unit_price)
                    SELECT * FROM unnest(?::bigint[], ?::int[], ?::bigint[], ?::numeric[], ?::numeric[])""");
            statement.setArray(1, connection.createArrayOf("bigint", rows.stream().map(Row::order).toArray()));
            statement.setArray(2, connection.createArrayOf("int", rows.stream().map(Row::number).toArray()));
            statement.setArray(3, connection.createArrayOf("bigint", rows.stream().map(Row::product).toArray()));
            statement.setArray(4, connection.createArrayOf("numeric", rows.stream().map(row -> row.line().quantity()).toArray()));
            statement.setArray(5, connection.createArrayOf("numeric", rows.stream().map(row -> row.line().unitPrice()).toArray()));
            return statement;
        });
    }

    private static NewEvent event(Placed order, Event.Origin origin) {
        String name = order.kind() == Kind.ORDER ? "order.placed" : "order.cancelled";
        var properties = new LinkedHashMap<String, Object>();
        properties.put("orderId", order.externalId());
        properties.put("total", order.total());
        properties.put("currency", order.currency());
        if (order.cartId() != null) {
            properties.put("cartId", order.cartId());
        }
        if (order.discountCode() != null) {
            properties.put("discountCode", order.discountCode());
        }
        properties.put("lines", order.lines().stream()
                .map(line -> Map.of("productId", line.productId(), "quantity", line.quantity(), "unitPrice", line.unitPrice())).toList());
        return new NewEvent(Objects.requireNonNullElse(order.eventId(), name + ":" + order.externalId()), name, order.customerId(), null,
                order.placedAt(), origin, properties);
    }

    static void checkCurrency(Checks checks, String field, @Nullable String currency) {
        if (currency != null && !currency.matches("[A-Z]{3}")) {
            checks.fail(field, "'%s' is no currency code, such as EUR.".formatted(currency.length() > 20 ? currency.substring(0, 20) : currency));
        }
    }
}
