package dev.drover.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/**
 * A made-up base of any size, written straight into the tables by SQL: five orders a customer on the average (many have none or one, some have
 * dozens), three lines to every two orders, events, carts, scores. The same numbers make the same base.
 *
 * @param customers how many
 * @param present   what is lately for them
 */
public record Crowd(int customers, Instant present) {

    private static final String[] STEPS = {
            // Whoever has nothing to fear from triggers: keys are consistent by construction, and checking millions one by one takes minutes.
            "SET session_replication_role = replica",
            "SET synchronous_commit = off",
            "SET work_mem = '128MB'",
            "SET maintenance_work_mem = '256MB'",
            """
            INSERT INTO product (external_id, name, category, price, currency, updated_at)
            SELECT 'crowd-' || n, 'Product ' || n, (ARRAY['cheese', 'butter', 'milk', 'yoghurt', 'cream', 'eggs', NULL])[1 + n % 7], 2 + n % 19 + 0.05 * (n % 20), 'EUR', {present}
              FROM generate_series(1, 60) AS n""",
            """
            INSERT INTO customer (external_id, email, first_name, country, time_zone, attributes, created_at, updated_at)
            SELECT 'crowd-' || n, 'crowd-' || n || '@example.org', 'Sam', (ARRAY['NL', 'BE', 'DE', 'FR'])[1 + hashint8(n) & 3], 'Europe/Amsterdam',
                   jsonb_build_object('tier', CASE hashint8(n + 1) & 7 WHEN 0 THEN 'gold' WHEN 1 THEN 'silver' ELSE 'none' END,
                                      'points', hashint8(n + 2) & 1023, 'newsletter', (hashint8(n + 3) & 1) = 0),
                   {present} - interval '800 days', {present}
              FROM generate_series(1, {customers}) AS n ORDER BY n""",
            "CREATE TEMP TABLE who AS SELECT id, substr(external_id, 7)::bigint AS n FROM customer WHERE external_id LIKE 'crowd-%'",
            // Times lie on the half hour: whoever crosses a boundary while somebody counts does so then.
            """
            CREATE TEMP TABLE bought AS
            SELECT (SELECT coalesce(max(id), 0) FROM customer_order) + row_number() OVER () AS id, w.id AS customer, w.n, k,
                   date_trunc('hour', {present}) - interval '30 minutes' - make_interval(hours => shift + (hashint8(w.n * 1009 + k) & 1073741823) % (24 * 700)) AS at,
                   (hashint8(w.n * 31 + k * 7) & 1073741823) % 25 = 0 AS cancelled
              FROM (SELECT *, (hashint8(n + 11) & 1073741823) % 100 AS kind, CASE WHEN hashint8(n + 13) & 1 = 0 THEN (hashint8(n + 17) & 1073741823) % (24 * 300) ELSE 0 END AS shift FROM who) w
             CROSS JOIN LATERAL generate_series(1, CASE WHEN kind < 22 THEN 0 WHEN kind < 52 THEN 1 WHEN kind < 74 THEN 3 WHEN kind < 89 THEN 8 ELSE 26 END) AS k""",
            """
            INSERT INTO order_line (order_id, line, product_id, quantity, unit_price)
            SELECT b.id, l, p.id, CASE WHEN cancelled THEN -1 ELSE 1 END * (1 + (hashint8(b.id * 5 + l) & 3)), p.price
              FROM bought b CROSS JOIN LATERAL generate_series(1, 1 + (hashint8(b.id) & 1)) AS l
              JOIN (SELECT id, price, substr(external_id, 7)::int AS n FROM product WHERE external_id LIKE 'crowd-%') p ON p.n = 1 + (hashint8(b.id * 3 + l * 17) & 1073741823) % 60""",
            """
            INSERT INTO customer_order (id, external_id, customer_id, kind, placed_at, currency, total, recorded_at) OVERRIDING SYSTEM VALUE
            SELECT b.id, 'crowd-' || b.id, b.customer, CASE WHEN cancelled THEN 'cancellation' ELSE 'order' END, b.at, 'EUR', l.total, {present}
              FROM bought b JOIN (SELECT order_id, sum(quantity * unit_price) AS total FROM order_line WHERE order_id IN (SELECT id FROM bought) GROUP BY order_id) l ON l.order_id = b.id""",
            "SELECT setval(pg_get_serial_sequence('customer_order', 'id'), (SELECT max(id) FROM customer_order))",
            """
            INSERT INTO cart (cart_id, customer_id, items, item_count, total, currency, status, origin, updated_at, created_at, decided)
            SELECT 'crowd-' || n, id, '[]', 1 + (hashint8(n + 19) & 3), 5 + (hashint8(n + 23) & 127), 'EUR', 'open', 'import',
                   date_trunc('hour', {present}) - interval '30 minutes' - make_interval(hours => hashint8(n + 29) & 127), {present}, true
              FROM who WHERE (hashint8(n + 31) & 31) = 0""",
            """
            INSERT INTO customer_rfm (customer_id, recency, frequency, monetary, last_order_at, orders, revenue)
            SELECT customer, 1 + (hashint8(n + 37) & 1073741823) % 5, 1 + (hashint8(n + 41) & 1073741823) % 5, 1 + (hashint8(n + 43) & 1073741823) % 5, max(at), count(*), 1
              FROM bought WHERE NOT cancelled GROUP BY customer, n""",
            """
            INSERT INTO customer_segment (key, name, segment_type, auto_refresh, created_at, updated_at) VALUES ('crowd-fair', 'Fair', 'static', false, {present}, {present})""",
            """
            INSERT INTO segment_membership (segment_id, customer_id, entered_at, source, reason)
            SELECT s.id, w.id, {present}, 'import', 'Came to the fair' FROM who w JOIN customer_segment s ON s.key = 'crowd-fair' WHERE (hashint8(w.n + 47) & 15) = 0""",
            """
            CREATE TEMP TABLE did AS
            SELECT w.id AS customer, name, k, date_trunc('hour', {present}) - interval '30 minutes' - make_interval(hours => (hashint8(w.n * 13 + k * 101 + salt) & 1073741823) % (24 * days)) AS at
              FROM who w CROSS JOIN (VALUES ('product.viewed', 53, 3, 20), ('email.opened', 59, 1, 90), ('email.clicked', 61, 3, 90)) AS e (name, salt, mask, days)
             CROSS JOIN LATERAL generate_series(1, CASE WHEN (hashint8(w.n + salt) & mask) = 0 THEN 1 + (hashint8(w.n + salt + 1) & 3) ELSE 0 END) AS k""",
            """
            INSERT INTO customer_event (customer_id, name, day, count, last_at)
            SELECT customer, name, floor(extract(epoch FROM at) / 86400)::int, count(*), max(at) FROM did GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""",
            """
            INSERT INTO event_log (event_id, name, customer_id, occurred_at, recorded_at, origin, properties, partition)
            SELECT 'crowd-' || name || '-' || customer || '-' || k, name, customer, at, {present}, 'import', '{}', (hashtext(customer::text) & 2147483647) % 8 FROM did""",
            // Counted above: no consumer need read them.
            """
            UPDATE event_cursor c SET transaction = l.transaction, position = l.position
              FROM (SELECT DISTINCT ON (partition) partition, transaction, position FROM event_log ORDER BY partition, transaction DESC, position DESC) l WHERE l.partition = c.partition"""};

    private static final String SUMS = "SELECT sum_orders(array_agg(id)) FROM (SELECT id, id / 20000 AS block FROM customer WHERE external_id LIKE 'crowd-%') AS c WHERE block = ?";

    private static final String SEEN = """
            INSERT INTO customer_summary AS s (customer_id, seen_at)
            SELECT e.customer_id, max(e.last_at) FROM customer_event e JOIN customer c ON c.id = e.customer_id WHERE c.external_id LIKE 'crowd-%' GROUP BY 1 ORDER BY 1
            ON CONFLICT (customer_id) DO UPDATE SET seen_at = excluded.seen_at""";

    /** In one transaction, so that whoever reads the log meanwhile finds the cursors behind it. */
    public void write(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            for (String step : STEPS) {
                statement.execute(step.replace("{customers}", Integer.toString(customers)).replace("{present}", "timestamptz '" + present + "'"));
            }
            connection.commit();
            connection.setAutoCommit(true);
            sum(connection);
            statement.execute("SET work_mem = '128MB'");
            statement.execute(SEEN);
            statement.execute("SET session_replication_role = DEFAULT");
            for (String table : new String[] {"customer", "product", "customer_order", "order_line", "customer_summary", "customer_event", "customer_rfm", "cart",
                    "segment_membership", "event_log"}) {
                // As the server does by itself before long.
                statement.execute("VACUUM ANALYZE " + table);
            }
        }
    }

    private static void sum(Connection connection) throws SQLException {
        try (var blocks = connection.createStatement(); var sum = connection.prepareStatement(SUMS)) {
            var found = blocks.executeQuery("SELECT min(id) / 20000, max(id) / 20000 FROM customer WHERE external_id LIKE 'crowd-%'");
            found.next();
            for (long block = found.getLong(1); block <= found.getLong(2); block++) {
                sum.setLong(1, block);
                sum.execute();
            }
        }
    }
}
