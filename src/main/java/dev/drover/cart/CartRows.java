package dev.drover.cart;

import dev.drover.eventlog.Event;
import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Writes the table {@code cart}. An event about an older state of a cart changes nothing, in whatever order events come. */
@Component
class CartRows {

    /** @param customerId internal number */
    record Content(String cartId, @Nullable Long customerId, @Nullable String anonymousId, List<CartItem> items, String currency, @Nullable String email,
            @Nullable String phone, Event.Origin origin, Instant at) {}

    private final JdbcTemplate jdbc;
    private final PlatformClock clock;

    CartRows(JdbcTemplate jdbc, PlatformClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @return the customers whose carts these are. A cart that was ordered and is then emptied stays ordered: that is how shops clear it */
    List<Long> update(List<Content> contents) {
        var ordered = contents.stream().sorted(Comparator.comparing(Content::cartId)).toList();
        return jdbc.query(connection -> {
            var statement = connection.prepareStatement("""
                    INSERT INTO cart AS c (cart_id, customer_id, anonymous_id, items, item_count, total, currency, email, phone, status, origin, updated_at, created_at)
                    SELECT cart, customer, anonymous, items::jsonb, pieces, total, currency, email, phone,
                           CASE WHEN pieces = 0 THEN 'emptied' ELSE 'open' END, origin, at, ?
                      FROM unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::int[], ?::numeric[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[])
                           AS t (cart, customer, anonymous, items, pieces, total, currency, email, phone, origin, at)
                    ON CONFLICT (cart_id) DO UPDATE SET
                           customer_id = coalesce(excluded.customer_id, c.customer_id), anonymous_id = coalesce(excluded.anonymous_id, c.anonymous_id),
                           email = coalesce(excluded.email, c.email), phone = coalesce(excluded.phone, c.phone),
                           items = excluded.items, item_count = excluded.item_count, total = excluded.total, currency = excluded.currency,
                           status = CASE WHEN c.status = 'ordered' AND excluded.status = 'emptied' THEN 'ordered' ELSE excluded.status END,
                           origin = excluded.origin, updated_at = excluded.updated_at, decided = false
                     WHERE c.updated_at <= excluded.updated_at
                    RETURNING customer_id""");
            statement.setTimestamp(1, Timestamp.from(clock.instant()));
            statement.setArray(2, connection.createArrayOf("text", ordered.stream().map(Content::cartId).toArray()));
            statement.setArray(3, connection.createArrayOf("bigint", ordered.stream().map(Content::customerId).toArray()));
            statement.setArray(4, connection.createArrayOf("text", ordered.stream().map(Content::anonymousId).toArray()));
            statement.setArray(5, connection.createArrayOf("text", ordered.stream().map(content -> Json.write(content.items())).toArray()));
            statement.setArray(6, connection.createArrayOf("int", ordered.stream().map(content -> CartItem.count(content.items())).toArray()));
            statement.setArray(7, connection.createArrayOf("numeric", ordered.stream().map(content -> CartItem.total(content.items())).toArray()));
            statement.setArray(8, connection.createArrayOf("text", ordered.stream().map(Content::currency).toArray()));
            statement.setArray(9, connection.createArrayOf("text", ordered.stream().map(Content::email).toArray()));
            statement.setArray(10, connection.createArrayOf("text", ordered.stream().map(Content::phone).toArray()));
            statement.setArray(11, connection.createArrayOf("text", ordered.stream().map(content -> content.origin().name().toLowerCase(Locale.ROOT)).toArray()));
            statement.setArray(12, connection.createArrayOf("timestamptz", ordered.stream().map(content -> content.at().toString()).toArray()));
            return statement;
        }, (row, n) -> row.getObject(1, Long.class)).stream().filter(Objects::nonNull).distinct().toList();
    }

    /**
     * An order closes the cart it names, and whatever else its customer has lying open since before: who has just bought isn't reminded.
     *
     * @return the customers whose carts were closed
     */
    List<Long> close(List<Event> orders) {
        var named = orders.stream().filter(order -> order.text("cartId") != null).toList();
        if (!named.isEmpty()) {
            // A cart of which no change has been read yet: so that the change, when it comes, finds that it is ordered.
            jdbc.batchUpdate("""
                    INSERT INTO cart (cart_id, customer_id, items, item_count, total, currency, status, order_id, origin, updated_at, created_at)
                    VALUES (?, ?, '[]', 0, 0, ?, 'ordered', ?, ?, ?, ?) ON CONFLICT (cart_id) DO NOTHING""",
                    named.stream().sorted(Comparator.comparing(order -> order.text("cartId"))).map(order -> new Object[] {order.text("cartId"), order.customerId(),
                            Objects.requireNonNullElse(order.text("currency"), "EUR"), order.text("orderId"), order.origin().name().toLowerCase(Locale.ROOT),
                            Timestamp.from(order.occurredAt()), Timestamp.from(clock.instant())}).toList());
        }
        return jdbc.query(connection -> {
            var statement = connection.prepareStatement("""
                    UPDATE cart c SET status = 'ordered', order_id = o.order_id
                      FROM unnest(?::bigint[], ?::text[], ?::text[], ?::timestamptz[]) AS o (customer, cart, order_id, at)
                     WHERE c.status <> 'ordered' AND (c.status = 'emptied' AND c.cart_id = o.cart
                           OR c.status = 'open' AND c.updated_at <= o.at AND (c.cart_id = o.cart OR c.customer_id = o.customer))
                    RETURNING c.customer_id""");
            statement.setArray(1, connection.createArrayOf("bigint", orders.stream().map(Event::customerId).toArray()));
            statement.setArray(2, connection.createArrayOf("text", orders.stream().map(order -> order.text("cartId")).toArray()));
            statement.setArray(3, connection.createArrayOf("text", orders.stream().map(order -> order.text("orderId")).toArray()));
            statement.setArray(4, connection.createArrayOf("timestamptz", orders.stream().map(order -> order.occurredAt().toString()).toArray()));
            return statement;
        }, (row, n) -> row.getObject(1, Long.class)).stream().filter(Objects::nonNull).distinct().toList();
    }
}
