package dev.drover.audience.imports;

import dev.drover.kernel.Checks;
import dev.drover.kernel.PlatformClock;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The lines of orders and cancellations. They are put aside until the file is read: an order's lines may stand anywhere in it. */
@Component
class TransactionRows implements RowTaker {

    private static final BigDecimal MOST = new BigDecimal("1000000000");

    private record Line(Row row, @Nullable String orderId, @Nullable String customerId, @Nullable String country, @Nullable String productId,
            @Nullable String productName, @Nullable BigDecimal quantity, @Nullable BigDecimal unitPrice, @Nullable Instant placedAt,
            @Nullable String currency) {}

    private final JdbcTemplate jdbc;
    private final PlatformClock clock;

    TransactionRows(JdbcTemplate jdbc, PlatformClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public ImportKind kind() {
        return ImportKind.TRANSACTIONS;
    }

    @Override
    public void take(ImportJob job, List<Row> rows) {
        Instant now = clock.instant();
        var good = new ArrayList<Line>();
        for (Row row : rows) {
            var line = new Line(row, row.text("orderId"), customer(row), row.text("country"), row.text("productId"), row.text("productName"),
                    row.number("quantity"), row.number("unitPrice"), row.instant("placedAt"), row.text("currency"));
            if (row.problems().isEmpty()) {
                check(line, now);
            }
            if (row.problems().isEmpty()) {
                good.add(line);
            }
        }
        jdbc.update(connection -> statement(connection, job.id(), good));
    }

    private static void check(Line line, Instant now) {
        var checks = new Checks()
                .required("orderId", line.orderId()).atMost("orderId", line.orderId(), 200)
                .atMost("customerId", line.customerId(), 200).atMost("country", line.country(), 60)
                .required("productId", line.productId()).atMost("productId", line.productId(), 200).atMost("productName", line.productName(), 500)
                .required("quantity", line.quantity()).required("unitPrice", line.unitPrice()).money("unitPrice", line.unitPrice())
                .required("placedAt", line.placedAt()).instant("placedAt", line.placedAt(), now);
        if (line.currency() != null && !line.currency().matches("[A-Z]{3}")) {
            checks.fail("currency", "'%s' is no currency code, such as EUR.".formatted(Row.shown(line.currency())));
        }
        if (line.quantity() != null && line.orderId() != null) {
            checkQuantity(checks, line.orderId(), line.quantity());
        }
        checks.errors().forEach(error -> line.row().refuse(error.message()));
    }

    private static void checkQuantity(Checks checks, String orderId, BigDecimal quantity) {
        if (quantity.signum() == 0 || quantity.abs().compareTo(MOST) > 0) {
            checks.fail("quantity", "quantity '%s' is not a quantity.".formatted(quantity.toPlainString()));
        } else if (quantity.signum() < 0 && !cancels(orderId)) {
            checks.fail("quantity", "quantity '%s' is negative, and order '%s' is no cancellation: that number would begin with C."
                    .formatted(quantity.toPlainString(), Row.shown(orderId)));
        }
    }

    static boolean cancels(String orderId) {
        return orderId.startsWith("C") || orderId.startsWith("c");
    }

    /** Spreadsheets and pandas write whole numbers with a fraction once a column has gaps: 17850.0 is customer 17850. */
    private static @Nullable String customer(Row row) {
        String text = row.text("customerId");
        return text != null && text.matches("\\d+\\.0") ? text.substring(0, text.length() - 2) : text;
    }

    private static PreparedStatement statement(Connection connection, long importId, List<Line> lines) throws SQLException {
        var statement = connection.prepareStatement("""
                INSERT INTO import_line (import_id, row, line, order_id, customer_id, country, product_id, product_name, quantity, unit_price, placed_at, currency)
                SELECT ?, t.* FROM unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::numeric[], ?::numeric[],
                                          ?::timestamptz[], ?::text[]) AS t
                ON CONFLICT DO NOTHING""");
        statement.setLong(1, importId);
        List<Function<Line, @Nullable Object>> columns = List.of(line -> line.row().number(), line -> line.row().line(), Line::orderId, Line::customerId,
                Line::country, Line::productId, Line::productName, line -> line.quantity().toPlainString(), line -> line.unitPrice().toPlainString(),
                line -> line.placedAt().toString(), Line::currency);
        for (int column = 0; column < columns.size(); column++) {
            statement.setArray(2 + column, connection.createArrayOf("text", lines.stream().map(columns.get(column)).toArray()));
        }
        return statement;
    }
}
