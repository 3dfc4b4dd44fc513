package dev.drover.facts;

import dev.drover.kernel.Json;
import dev.drover.rfm.RfmSegment;
import dev.drover.ruleset.Needs;
import dev.drover.ruleset.fact.Cart;
import dev.drover.ruleset.fact.Categories;
import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.fact.Events;
import dev.drover.ruleset.fact.Moments;
import dev.drover.ruleset.fact.Orders;
import dev.drover.ruleset.fact.Purchases;
import dev.drover.ruleset.fact.Rfm;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;

/** One statement that reads everything but events, asking for no more than the rules need, and its rows as facts. */
final class FactRows {

    private static final Rfm[] SCORES = new Rfm[125];

    static {
        for (int n = 0; n < SCORES.length; n++) {
            int recency = n / 25 + 1;
            int frequency = n / 5 % 5 + 1;
            int monetary = n % 5 + 1;
            SCORES[n] = new Rfm(recency, frequency, monetary, RfmSegment.of(recency, frequency, monetary).key());
        }
    }

    private final boolean sums;
    private final boolean windows;
    private final boolean categories;
    private final boolean rfm;
    private final boolean cart;
    private final String columns;

    FactRows(Needs needs) {
        boolean seen = needs.facts().stream().anyMatch(fact -> fact.matches("engagement\\.(daysSinceSeen|seen(Since|Before)?)"));
        windows = needs.reads("orders.countWithin") || needs.reads("orders.revenueWithin");
        categories = needs.reads("orders.countOf") || needs.reads("orders.revenueOf") || needs.reads("orders.daysSinceLastOf");
        sums = needs.reads("orders") || seen;
        rfm = needs.reads("rfm");
        cart = needs.reads("cart");
        columns = "c.id, timestamptz_send(c.created_at), "
                + text(needs, "email", "c.email") + text(needs, "phone", "c.phone") + text(needs, "country", "c.country") + text(needs, "timeZone", "c.time_zone")
                + (needs.reads("daysToBirthday") || needs.reads("bornSince") || needs.reads("bornBefore") ? "c.birthday - date '1970-01-01', " : "NULL::int, ")
                + (asksAttributes(needs) ? "c.attributes::text, " : "NULL::text, ")
                + (sums ? "s.orders, s.revenue::float8, timestamptz_send(s.first_at), timestamptz_send(s.last_at), timestamptz_send(s.seen_at)"
                        : "0, 0::float8, NULL::bytea, NULL::bytea, NULL::bytea")
                + (windows ? ", array_send(s.order_at), array_send(s.order_cents), array_send(s.order_kind)" : ", NULL::bytea, NULL::bytea, NULL::bytea")
                + (categories ? ", array_send(s.category), array_send(s.category_orders), array_send(s.category_cents), array_send(s.category_last)"
                        : ", NULL::bytea, NULL::bytea, NULL::bytea, NULL::bytea")
                + (rfm ? ", r.recency, r.frequency, r.monetary" : ", 0, 0, 0")
                + (cart ? ", k.item_count, k.total, timestamptz_send(k.updated_at)" : ", 0, 0, NULL::bytea");
    }

    private static String text(Needs needs, String fact, String column) {
        return needs.reads(fact) ? column + ", " : "NULL::text, ";
    }

    private static boolean asksAttributes(Needs needs) {
        return needs.reads("text") || needs.reads("number") || needs.reads("flag") || needs.reads("daysSince") || needs.reads("has")
                || needs.reads("hasDate") || needs.reads("dateSince") || needs.reads("dateBefore");
    }

    /** Each table is told of the range itself: the planner then reads slices of indexes beside each other instead of looking up one by one. */
    String sql(Whom whom) {
        return "SELECT " + columns + " FROM customer c"
                + (sums ? " LEFT JOIN customer_summary s ON s.customer_id = c.id AND " + whom.in("s.customer_id") : "")
                + (rfm ? " LEFT JOIN customer_rfm r ON r.customer_id = c.id AND " + whom.in("r.customer_id") : "")
                // Of several open carts the one changed last.
                + (cart ? " LEFT JOIN (SELECT DISTINCT ON (customer_id) customer_id, item_count, total, updated_at FROM cart WHERE status = 'open' AND "
                        + whom.in("customer_id") + " ORDER BY customer_id, updated_at DESC) k ON k.customer_id = c.id" : "")
                + " WHERE " + whom.in("c.id") + " ORDER BY c.id";
    }

    /** How often {@link Whom#bind} is to be called. */
    int bindings() {
        return 1 + (sums ? 1 : 0) + (rfm ? 1 : 0) + (cart ? 1 : 0);
    }

    Customer customer(ResultSet row, Map<Long, Map<String, Events.Days>> events, Map<Long, Set<String>> segments, Instant at) throws SQLException {
        long now = at.toEpochMilli();
        long id = row.getLong(1);
        int birthday = row.getInt(7);
        boolean born = !row.wasNull();
        var person = new Customer.Person(id, row.getString(3), row.getString(4), row.getString(5), row.getString(6), born ? LocalDate.ofEpochDay(birthday) : null,
                attributes(row.getString(8)), Packed.moment(row.getBytes(2)));
        return new Customer(person, orders(row, now), cart ? cart(row, at) : Cart.none(at), rfm ? scores(row) : Rfm.NONE,
                new Events(events.getOrDefault(id, Map.of()), now), sums ? Packed.moment(row.getBytes(13)) : Moments.NEVER, segments.getOrDefault(id, Set.of()), now);
    }

    private static Map<String, Object> attributes(@org.jspecify.annotations.Nullable String json) {
        return json == null || json.equals("{}") ? Map.of() : Json.map(json);
    }

    private Orders orders(ResultSet row, long now) throws SQLException {
        var purchases = windows ? new Purchases(Packed.longs(row.getBytes(14)), Packed.longs(row.getBytes(15)), Packed.booleans(row.getBytes(16))) : Purchases.NONE;
        var bought = categories ? new Categories(Packed.texts(row.getBytes(17)), Packed.ints(row.getBytes(18)), Packed.longs(row.getBytes(19)),
                Packed.longs(row.getBytes(20))) : Categories.NONE;
        return new Orders(row.getInt(9), row.getDouble(10), Packed.moment(row.getBytes(11)), Packed.moment(row.getBytes(12)), purchases, bought, now);
    }

    private static Rfm scores(ResultSet row) throws SQLException {
        int recency = row.getInt(21);
        return recency == 0 ? Rfm.NONE : SCORES[(recency - 1) * 25 + (row.getInt(22) - 1) * 5 + row.getInt(23) - 1];
    }

    private static Cart cart(ResultSet row, Instant now) throws SQLException {
        int items = row.getInt(24);
        return row.wasNull() ? Cart.none(now)
                : new Cart(row.getBigDecimal(25), items, Instant.ofEpochMilli(Packed.moment(row.getBytes(26))), now);
    }
}
