package dev.drover.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Thirty rules and, beside each, the same asked of the bare tables in SQL that knows nothing of facts, sums or rules: {@code :now} stands for
 * the present, and each statement gives customers' numbers.
 */
public record CrowdRules(String key, String condition, String sql) {

    public static final List<CrowdRules> ALL = List.of(
            bought("often", "orders.count >= 5", "n >= 5"),
            bought("once", "orders.count == 1", "n = 1"),
            bought("vip", "orders.revenue >= 1000, orders.count >= 3", "revenue >= 1000 AND n >= 3"),
            bought("lapsed", "orders.count > 0, orders.daysSinceLast > 90", "n > 0 AND last_at < :now - interval '90 days'"),
            bought("lapsing", "orders.daysSinceLast >= 45, orders.daysSinceLast <= 90",
                    "last_at <= :now - interval '45 days' AND last_at >= :now - interval '90 days'"),
            bought("new", "orders.daysSinceFirst <= 30", "first_at >= :now - interval '30 days'"),
            bought("big-baskets", "orders.average >= 60", "n > 0 AND round(revenue / n, 2) >= 60"),
            bought("this-year", "orders.firstSince(\"2026-01-01\")", "first_at >= '2026-01-01T00:00:00Z'"),
            within("twice-in-30", "orders.countWithin(30) >= 2", 30, "count(*) FILTER (WHERE kind = 'order') >= 2"),
            within("six-in-365", "orders.countWithin(365) >= 6", 365, "count(*) FILTER (WHERE kind = 'order') >= 6"),
            within("spent-in-90", "orders.revenueWithin(90) >= 200", 90, "sum(total) >= 200"),
            within("spent-in-7", "orders.revenueWithin(7) > 0", 7, "sum(total) > 0"),
            category("cheese", "orders.countOf(\"cheese\") >= 2", "count(DISTINCT o.id) FILTER (WHERE o.kind = 'order') >= 2"),
            category("cheese", "orders.revenueOf(\"cheese\") >= 150", "round(sum(l.quantity * l.unit_price), 2) >= 150").named("cheese-lovers"),
            category("butter", "orders.countOf(\"butter\") > 0, orders.daysSinceLastOf(\"butter\") > 180",
                    "max(o.placed_at) FILTER (WHERE o.kind = 'order') < :now - interval '180 days'"),
            new CrowdRules("milk-only", "orders.countOf(\"milk\") > 0, orders.countOf(\"yoghurt\") == 0",
                    ofCategory("milk", "count(*) FILTER (WHERE o.kind = 'order') > 0") + " EXCEPT " + ofCategory("yoghurt", "count(*) FILTER (WHERE o.kind = 'order') > 0")),
            scored("recent-spenders", "rfm.recency >= 4, rfm.monetary >= 4", "recency >= 4 AND monetary >= 4"),
            scored("champions", "rfm.segment == \"champions\"", "recency >= 4 AND (frequency + monetary + 1) / 2 = 5"),
            scored("slipping", "rfm.recency <= 2, rfm.frequency >= 4", "recency <= 2 AND frequency >= 4"),
            new CrowdRules("lookers", "events.count(\"product.viewed\", 7) >= 3", happened("product.viewed",
                    "AND (occurred_at AT TIME ZONE 'UTC')::date > (:now AT TIME ZONE 'UTC')::date - 7 GROUP BY customer_id HAVING count(*) >= 3")),
            new CrowdRules("window-shoppers", "events.count(\"product.viewed\") >= 1, orders.count == 0", happened("product.viewed", "")
                    + " EXCEPT SELECT customer_id FROM customer_order WHERE kind = 'order'"),
            new CrowdRules("clickers", "engagement.daysSinceClick <= 30", happened("email.clicked", "AND occurred_at >= :now - interval '30 days'")),
            new CrowdRules("deaf", "engagement.opens == 0, orders.count > 0", "SELECT customer_id FROM customer_order WHERE kind = 'order' AND customer_id IS NOT NULL EXCEPT "
                    + happened("email.opened", "")),
            new CrowdRules("full-cart", "cart.total >= 75", cart("total >= 75")),
            new CrowdRules("cold-cart", "cart.itemCount > 0, cart.daysSinceChange > 2", cart("item_count > 0 AND updated_at < :now - interval '2 days'")),
            new CrowdRules("regular-dutch", "country == \"NL\", orders.count >= 3",
                    "SELECT id FROM customer WHERE country = 'NL' INTERSECT SELECT customer_id FROM customer_order WHERE kind = 'order' GROUP BY customer_id HAVING count(*) >= 3"),
            new CrowdRules("gold", "text(\"tier\") == \"gold\"", "SELECT id FROM customer WHERE attributes ->> 'tier' = 'gold'"),
            new CrowdRules("pointed", "number(\"points\") >= 900",
                    "SELECT id FROM customer WHERE jsonb_typeof(attributes -> 'points') = 'number' AND (attributes ->> 'points')::numeric >= 900"),
            new CrowdRules("fair-and-newsletter", "inSegment(\"crowd-fair\"), flag(\"newsletter\")", """
                    SELECT m.customer_id FROM segment_membership m JOIN customer_segment s ON s.id = m.segment_id JOIN customer c ON c.id = m.customer_id
                     WHERE s.key = 'crowd-fair' AND m.left_at IS NULL AND c.attributes -> 'newsletter' = 'true'"""),
            new CrowdRules("often-but-unseen", "inSegment(\"crowd-often\"), engagement.daysSinceClick > 60, orders.daysSinceLast > 60", """
                    SELECT customer_id FROM customer_order WHERE customer_id IS NOT NULL GROUP BY customer_id
                    HAVING count(*) FILTER (WHERE kind = 'order') >= 5 AND max(placed_at) FILTER (WHERE kind = 'order') < :now - interval '60 days'
                    EXCEPT SELECT customer_id FROM event_log WHERE name = 'email.clicked' AND customer_id IS NOT NULL AND occurred_at >= :now - interval '60 days'"""));

    /** As the segment is called. */
    public String segment() {
        return "crowd-" + key;
    }

    /** A rule file of its own for each. */
    public static void write(Path rules) throws IOException {
        Files.createDirectories(rules.resolve("segments"));
        for (var rule : ALL) {
            Files.writeString(rules.resolve("segments").resolve(rule.segment() + ".drl"), """
                    // For a crowd: %1$s.
                    package rules.segments;

                    import dev.drover.ruleset.fact.Customer;

                    global dev.drover.ruleset.fact.SegmentVerbs segments;

                    rule "%1$s of the crowd"
                    when
                        $customer : Customer( %2$s, $count : orders.count )
                    then
                        segments.enter($customer, "%3$s", "It holds, with " + $count + " orders");
                    end
                    """.formatted(rule.key, rule.condition, rule.segment()));
        }
    }

    /** The folder with what is shipped in it. */
    public static void copyShipped(Path to) throws IOException {
        var from = Path.of("rules");
        try (Stream<Path> files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    /** Who should be where at this moment, by all thirty: rows of a segment's key and a customer's number. */
    public static String recount(Instant now) {
        return recount().replace(":now", "timestamptz '" + now + "'");
    }

    private static String recount() {
        return ALL.stream().map(rule -> "SELECT '" + rule.segment() + "' AS key, customer AS customer_id FROM (" + rule.sql + ") AS t (customer)").collect(Collectors.joining(" UNION ALL "));
    }

    private CrowdRules named(String other) {
        return new CrowdRules(other, condition, sql);
    }

    private static CrowdRules bought(String key, String condition, String having) {
        return new CrowdRules(key, condition, """
                SELECT customer_id FROM (
                    SELECT customer_id, count(*) FILTER (WHERE kind = 'order') AS n, sum(total) AS revenue, min(placed_at) FILTER (WHERE kind = 'order') AS first_at,
                           max(placed_at) FILTER (WHERE kind = 'order') AS last_at FROM customer_order WHERE customer_id IS NOT NULL GROUP BY customer_id) AS o
                 WHERE %s""".formatted(having));
    }

    private static CrowdRules within(String key, String condition, int days, String having) {
        return new CrowdRules(key, condition, "SELECT customer_id FROM customer_order WHERE customer_id IS NOT NULL AND placed_at >= :now - interval '%d days' GROUP BY customer_id HAVING %s"
                .formatted(days, having));
    }

    private static CrowdRules category(String category, String condition, String having) {
        return new CrowdRules(category, condition, ofCategory(category, having));
    }

    private static String ofCategory(String category, String having) {
        return """
                SELECT o.customer_id FROM customer_order o JOIN order_line l ON l.order_id = o.id JOIN product p ON p.id = l.product_id
                 WHERE p.category = '%s' AND o.customer_id IS NOT NULL GROUP BY o.customer_id HAVING %s""".formatted(category, having);
    }

    private static CrowdRules scored(String key, String condition, String where) {
        return new CrowdRules(key, condition, "SELECT customer_id FROM customer_rfm WHERE " + where);
    }

    private static String happened(String name, String more) {
        return "SELECT customer_id FROM event_log WHERE name = '%s' AND customer_id IS NOT NULL %s".formatted(name, more);
    }

    private static String cart(String where) {
        return "SELECT customer_id FROM (SELECT DISTINCT ON (customer_id) * FROM cart WHERE status = 'open' AND customer_id IS NOT NULL ORDER BY customer_id, updated_at DESC) AS k WHERE "
                + where;
    }
}
