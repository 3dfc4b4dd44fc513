package dev.drover.delivery;

import dev.drover.tracking.SentMessages;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The ledger as tracking asks for it. */
@Component
class SentLedger implements SentMessages {

    private final JdbcTemplate jdbc;

    SentLedger(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<Long, Sent> of(Collection<Long> messageIds) {
        var found = new HashMap<Long, Sent>();
        // Of one whose fate is unknown the moment it was asked for is all there is.
        jdbc.query("""
                SELECT id, customer_id, template, category, origin_type, origin_id,
                       CASE status WHEN 'sending' THEN NULL ELSE coalesce(sent_at, queued_at) END AS left_at
                  FROM message WHERE id = ANY(?)""", row -> {
            var facts = new HashMap<String, Object>();
            facts.put("template", row.getString("template"));
            facts.put("category", row.getString("category"));
            String origin = row.getString("origin_type");
            facts.put("origin", origin);
            if (!origin.equals("api")) {
                facts.put(origin + "Id", row.getString("origin_id"));
            }
            var left = row.getTimestamp("left_at");
            found.put(row.getLong("id"), new Sent(row.getObject("customer_id", Long.class), left == null ? null : left.toInstant(), facts));
        }, (Object) messageIds.toArray(Long[]::new));
        return found;
    }
}
