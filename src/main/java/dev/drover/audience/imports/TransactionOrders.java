package dev.drover.audience.imports;

import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.audience.Customers;
import dev.drover.audience.OrderInput;
import dev.drover.audience.Orders;
import dev.drover.eventlog.Event;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Makes orders of the lines put aside, oldest first; an order that is known already is left as it is, so a file may come twice. */
@Component
class TransactionOrders {

    static final int STEP = 500;

    private static final String CURRENCY = "EUR";

    private record Line(long row, long line, String orderId, @Nullable String customerId, @Nullable String country, OrderInput.Line ordered,
            Instant placedAt, @Nullable String currency) {}

    private final JdbcTemplate jdbc;
    private final Customers customers;
    private final CustomerIntake intake;
    private final Orders orders;

    TransactionOrders(JdbcTemplate jdbc, Customers customers, CustomerIntake intake, Orders orders) {
        this.jdbc = jdbc;
        this.customers = customers;
        this.intake = intake;
        this.orders = orders;
    }

    /** @return how many orders the lines make */
    long number(long importId) {
        return jdbc.update("""
                INSERT INTO import_order (import_id, number, order_id)
                SELECT ?, row_number() OVER (ORDER BY min(placed_at), order_id), order_id FROM import_line WHERE import_id = ? GROUP BY order_id
                ON CONFLICT DO NOTHING""", importId, importId);
    }

    /**
     * Writes the next orders.
     *
     * @param done orders that are written already
     * @return lines that turned out not to fit their order
     */
    List<Rejects.Reject> write(ImportJob job, long done) {
        var refused = new ArrayList<Rejects.Reject>();
        Map<String, List<Line>> lines = new LinkedHashMap<>();
        lines(job.id(), done).forEach(line -> lines.computeIfAbsent(line.orderId(), id -> new ArrayList<>()).add(line));
        Map<String, String> owners = new LinkedHashMap<>();
        lines.forEach((order, of) -> keepOneCustomer(order, of, owners, refused));
        Map<String, Long> ids = known(lines, owners);
        orders.takeAll(lines.entrySet().stream().map(entry -> placed(entry.getKey(), entry.getValue(), ids.get(owners.get(entry.getKey())))).toList(),
                Event.Origin.IMPORT);
        return refused;
    }

    private List<Line> lines(long importId, long done) {
        return jdbc.query("""
                SELECT l.* FROM import_order o JOIN import_line l ON l.import_id = o.import_id AND l.order_id = o.order_id
                 WHERE o.import_id = ? AND o.number > ? AND o.number <= ? ORDER BY o.number, l.row""",
                (row, n) -> new Line(row.getLong("row"), row.getLong("line"), row.getString("order_id"), row.getString("customer_id"), row.getString("country"),
                        new OrderInput.Line(row.getString("product_id"), row.getBigDecimal("quantity"), row.getBigDecimal("unit_price"), row.getString("product_name")),
                        row.getTimestamp("placed_at").toInstant(), row.getString("currency")),
                importId, done, done + STEP);
    }

    private static void keepOneCustomer(String order, List<Line> lines, Map<String, String> owners, List<Rejects.Reject> refused) {
        lines.stream().map(Line::customerId).filter(Objects::nonNull).findFirst().ifPresent(owner -> {
            owners.put(order, owner);
            lines.removeIf(line -> {
                boolean other = line.customerId() != null && !line.customerId().equals(owner);
                if (other) {
                    refused.add(new Rejects.Reject(line.row(), line.line(), "Order '%s' belongs to customer '%s' by an earlier line, here to '%s'."
                            .formatted(Row.shown(order), Row.shown(owner), Row.shown(line.customerId())),
                            List.of(order, line.ordered().productId(), line.customerId())));
                }
                return other;
            });
        });
    }

    /** Customers that only their orders tell of become known by their number. */
    private Map<String, Long> known(Map<String, List<Line>> lines, Map<String, String> owners) {
        var ids = new LinkedHashMap<>(customers.idsOf(owners.values()));
        var fresh = new LinkedHashMap<String, CustomerInput>();
        owners.forEach((order, owner) -> {
            if (!ids.containsKey(owner)) {
                String country = lines.get(order).stream().map(Line::country).filter(Objects::nonNull).findFirst().orElse(null);
                fresh.putIfAbsent(owner, new CustomerInput(owner, null, null, null, null, null, country, null, null, null, null));
            }
        });
        if (!fresh.isEmpty()) {
            intake.takeAll(List.copyOf(fresh.values()), Event.Origin.IMPORT).forEach(taken -> ids.put(taken.externalId(), taken.id()));
        }
        return ids;
    }

    private static Orders.Placed placed(String id, List<Line> lines, @Nullable Long customer) {
        boolean cancelled = lines.stream().map(line -> line.ordered().quantity()).allMatch(quantity -> quantity.compareTo(BigDecimal.ZERO) < 0);
        String currency = lines.stream().map(Line::currency).filter(Objects::nonNull).findFirst().orElse(CURRENCY);
        Instant at = lines.stream().map(Line::placedAt).min(Comparator.naturalOrder()).orElseThrow();
        return new Orders.Placed(id, customer, cancelled ? Orders.Kind.CANCELLATION : Orders.Kind.ORDER, at, currency,
                lines.stream().map(Line::ordered).toList(), null, null, null, null);
    }
}
