package dev.drover.cart;

import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How abandoned carts go on: recovered by an order, emptied, or lost with time. */
@Component
class Recoveries {

    private record Ended(long id, @Nullable Long customerId, String cartId, @Nullable String orderId, Instant at) {}

    private final JdbcClient jdbc;
    private final EventLog log;
    private final PlatformClock clock;

    Recoveries(JdbcClient jdbc, EventLog log, PlatformClock clock) {
        this.jdbc = jdbc;
        this.log = log;
        this.clock = clock;
    }

    /** Carts that orders have closed are recovered, and the log is told. */
    void recovered(List<Event> orders) {
        String[] ids = orders.stream().map(order -> order.text("orderId")).filter(java.util.Objects::nonNull).toArray(String[]::new);
        var ended = jdbc.sql("""
                UPDATE abandoned_cart a SET recovery_status = 'recovered', recovered_at = :now, recovered_order_id = c.order_id
                  FROM cart c
                 WHERE c.id = a.cart_id AND c.order_id = ANY(:orders) AND c.status = 'ordered' AND a.recovery_status IN ('abandoned', 'recovery_started')
                RETURNING a.id, a.customer_id, c.cart_id, c.order_id, a.recovered_at""")
                .param("now", now()).param("orders", ids).query((row, n) -> ended(row)).list();
        tell("cart.recovered", ended);
    }

    /** Who takes everything out again isn't reminded of it. */
    void endEmptied(List<String> cartIds) {
        var ended = jdbc.sql("""
                UPDATE abandoned_cart a SET recovery_status = 'expired', reason = 'the customer emptied the cart'
                  FROM cart c
                 WHERE c.id = a.cart_id AND c.cart_id = ANY(:carts) AND c.status = 'emptied' AND a.recovery_status IN ('abandoned', 'recovery_started')
                RETURNING a.id, a.customer_id, c.cart_id, c.order_id, cast(:now AS timestamptz)""")
                .param("carts", cartIds.toArray(String[]::new)).param("now", now()).query((row, n) -> ended(row)).list();
        tell("cart.emptied", ended);
    }

    /** @return how many have waited too long */
    int expire() {
        return jdbc.sql("""
                UPDATE abandoned_cart SET recovery_status = 'expired', reason = 'no order in time'
                 WHERE recovery_status IN ('abandoned', 'recovery_started') AND expires_at <= ?""").param(now()).update();
    }

    private void tell(String name, List<Ended> ended) {
        log.append(ended.stream().filter(one -> one.customerId() != null).map(one -> NewEvent.live(name + ":" + one.id(), name, one.customerId(), one.at(),
                one.orderId() == null ? Map.of("cartId", one.cartId()) : Map.of("cartId", one.cartId(), "orderId", one.orderId()))).toList());
    }

    private static Ended ended(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Ended(row.getLong(1), row.getObject(2, Long.class), row.getString(3), row.getString(4), row.getTimestamp(5).toInstant());
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
