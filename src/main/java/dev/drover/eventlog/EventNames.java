package dev.drover.eventlog;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What may happen here: what the platform itself tells of, what shops usually tell it, and whatever else somebody has sent. */
@Component
public class EventNames {

    /** More than anybody looks through; a sender that makes up a name for each event is cut off here. */
    private static final int MOST = 500;
    private static final Collection<String> USUAL = java.util.List.of("cart.abandoned", "cart.emptied", "cart.recovered", "cart.updated", "consent.granted", "consent.withdrawn", "customer.created",
            "customer.registered", "customer.subscribed", "customer.updated", "email.clicked", "email.opened", "message.bounced", "message.complained", "message.delivered",
            "order.cancelled", "order.placed", "product.viewed", "push.clicked", "push.opened", "review.submitted", "segment.entered", "segment.left", "sms.clicked", "sms.opened",
            "subscription.cancelled", "subscription.created", "subscription.paused", "subscription.payment_failed", "subscription.renewed", "subscription.resumed");

    private final JdbcClient jdbc;

    EventNames(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In alphabetical order. */
    public SortedSet<String> known() {
        var names = new TreeSet<>(USUAL);
        // From one name to the next by the index: reading a million rows to find twenty names would take its time.
        names.addAll(jdbc.sql("""
                WITH RECURSIVE each (name) AS (
                    (SELECT name FROM event_log ORDER BY name LIMIT 1)
                    UNION ALL
                    SELECT (SELECT e.name FROM event_log e WHERE e.name > each.name ORDER BY e.name LIMIT 1) FROM each WHERE each.name IS NOT NULL)
                SELECT name FROM each WHERE name IS NOT NULL LIMIT ?""").param(MOST).query(String.class).list());
        return names;
    }
}
