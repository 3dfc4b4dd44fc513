package dev.drover.bench;

import dev.drover.testing.Api;
import dev.drover.testing.DroverProcess;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A million open carts, written by SQL: what a sweep costs the database, how long after its threshold an idle cart is found, and how fast many are decided upon.
 * {@code -Dcarts -Didle}.
 */
final class CartBench implements Bench.Program {

    private static final int CARTS = Integer.getInteger("carts", 1_000_000);
    private static final int IDLE = Integer.getInteger("idle", 20_000);
    private static final int BATCH = 500;
    private static final String SWEEP = """
            UPDATE cart SET decided = true WHERE id IN (
                SELECT id FROM cart WHERE status = 'open' AND NOT decided AND updated_at <= now() %s ORDER BY updated_at LIMIT 500 FOR UPDATE SKIP LOCKED)
            RETURNING id""";

    @Override
    public void run() throws Exception {
        try (var drover = DroverProcess.fresh(); var connection = drover.database()) {
            write(connection);
            System.out.println(Figures.of("sweep that finds nothing", sweeps(connection, "- interval '2 days'", 200)));
            System.out.println(Figures.of("sweep that finds 500 (taking them, rolled back)", sweeps(connection, "+ interval '1 day'", 50)));
            System.out.println(plan(connection));
            found(connection);
            decided(connection);
            var api = drover.api();
            System.out.println(Figures.of("GET /api/v1/carts", timed(10, () -> api.get("/api/v1/carts?limit=50"))));
        }
    }

    private interface Call {
        Object run() throws Exception;
    }

    private static List<Double> timed(int times, Call call) throws Exception {
        var took = new ArrayList<Double>();
        for (int n = 0; n < times; n++) {
            long begun = System.nanoTime();
            call.run();
            took.add((System.nanoTime() - begun) / 1e6);
        }
        return took;
    }

    /** A tenth as many customers as carts. All lie ahead of their threshold by far: none is idle while this measures. */
    private static void write(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("INSERT INTO customer (external_id, created_at, updated_at) SELECT 'bench-' || n, now(), now() FROM generate_series(1, " + CARTS / 10 + ") AS n");
            statement.execute("""
                    INSERT INTO cart (cart_id, customer_id, items, item_count, total, currency, status, origin, updated_at, created_at)
                    SELECT 'bench-' || n, c.id, '[{"productId": "milk", "quantity": 2, "unitPrice": 2.40}, {"productId": "butter", "quantity": 1, "unitPrice": 4.50}]', 3, 9.30, 'EUR', 'open', 'live',
                           now() + interval '1 hour' * random(), now()
                      FROM generate_series(1, %d) AS n JOIN customer c ON c.external_id = 'bench-' || (n / 10 + 1)""".formatted(CARTS));
            statement.execute("VACUUM ANALYZE cart");
            statement.execute("VACUUM ANALYZE customer");
            try (var count = statement.executeQuery("SELECT count(*) FROM cart WHERE status = 'open'")) {
                count.next();
                System.out.printf(Locale.ROOT, "%,d open carts%n", count.getLong(1));
            }
        }
    }

    private static List<Double> sweeps(Connection connection, String shift, int times) throws Exception {
        connection.setAutoCommit(false);
        var took = timed(times, () -> {
            try (var statement = connection.createStatement(); var rows = statement.executeQuery(SWEEP.formatted(shift))) {
                int found = 0;
                while (rows.next()) {
                    found++;
                }
                return found;
            } finally {
                connection.rollback();
            }
        });
        connection.setAutoCommit(true);
        return took;
    }

    private static String plan(Connection connection) throws SQLException {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery("EXPLAIN " + SWEEP.formatted("- interval '30 minutes'"))) {
            var plan = new StringBuilder("plan:\n");
            while (rows.next()) {
                plan.append("  ").append(rows.getString(1)).append('\n');
            }
            return plan.toString();
        }
    }

    /** Forty carts pass their threshold, one each second; how long after it each is written down as left. */
    private static void found(Connection connection) throws Exception {
        try (var statement = connection.createStatement()) {
            statement.execute("""
                    UPDATE cart SET updated_at = now() - interval '30 minutes' + interval '1 second' * substr(cart_id, 7)::int
                     WHERE cart_id IN (SELECT 'bench-' || n FROM generate_series(1, 40) AS n)""");
        }
        Api.await("all are found", Duration.ofMinutes(3), () -> count(connection, "SELECT count(*) FROM abandoned_cart") == 40);
        var late = new ArrayList<Double>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT extract(epoch FROM abandoned_at - cart_updated_at - interval '30 minutes') * 1000 FROM abandoned_cart")) {
            while (rows.next()) {
                late.add(rows.getDouble(1));
            }
        }
        System.out.println(Figures.of("threshold passed → found", late));
    }

    /** Many at once, as after a pause of the platform: the time of a sweep of 500 with all it asks and writes is at most this. */
    private static void decided(Connection connection) throws Exception {
        try (var statement = connection.createStatement()) {
            statement.execute("UPDATE cart SET updated_at = now() - interval '40 minutes' WHERE cart_id IN (SELECT 'bench-' || n FROM generate_series(41, " + (40 + IDLE) + ") AS n)");
        }
        long begun = System.nanoTime();
        Api.await("all are decided upon", Duration.ofMinutes(10), () -> count(connection, "SELECT count(*) FROM abandoned_cart") == 40 + IDLE);
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(Locale.ROOT, "%,d idle at once: %.1f s until all are decided upon, %.0f a second, at most %.0f ms for a sweep of %d%n", IDLE, seconds, IDLE / seconds,
                seconds * 1_000 * BATCH / IDLE, BATCH);
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
