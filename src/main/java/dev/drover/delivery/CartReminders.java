package dev.drover.delivery;

import dev.drover.cart.SentReminders;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The ledger as carts ask for it: what journeys sent to a customer while a recovery ran. */
@Component
class CartReminders implements SentReminders {

    private final JdbcTemplate jdbc;

    CartReminders(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<Long, Integer> counts(Collection<Recovery> recoveries) {
        var counts = new HashMap<Long, Integer>();
        jdbc.query(connection -> {
            // By the index on the customer: a few messages each. A template's key holds no comma.
            var statement = connection.prepareStatement("""
                    SELECT r.id, count(*)
                      FROM unnest(?::bigint[], ?::bigint[], ?::timestamptz[], ?::timestamptz[], ?::text[]) AS r (id, customer, since, until, templates)
                      JOIN message m ON m.customer_id = r.customer AND m.origin_type = 'journey' AND m.status IN ('sent', 'delivered')
                           AND m.sent_at >= r.since AND m.sent_at < r.until AND m.template = ANY (string_to_array(r.templates, ','))
                     GROUP BY r.id""");
            statement.setArray(1, connection.createArrayOf("bigint", recoveries.stream().map(Recovery::id).toArray()));
            statement.setArray(2, connection.createArrayOf("bigint", recoveries.stream().map(Recovery::customerId).toArray()));
            statement.setArray(3, connection.createArrayOf("timestamptz", recoveries.stream().map(one -> one.from().toString()).toArray()));
            statement.setArray(4, connection.createArrayOf("timestamptz", recoveries.stream().map(one -> one.until().toString()).toArray()));
            statement.setArray(5, connection.createArrayOf("text", recoveries.stream().map(one -> String.join(",", one.templates())).toArray()));
            return statement;
        }, row -> {
            counts.put(row.getLong(1), row.getInt(2));
        });
        return counts;
    }
}
