package dev.drover.segment;

import dev.drover.audience.Customer;
import dev.drover.audience.TimelineSource;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class SegmentTimeline implements TimelineSource {

    private final JdbcClient jdbc;

    SegmentTimeline(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Entry> of(Customer customer, Instant before, int limit) {
        return jdbc.sql("""
                SELECT s.key, s.name, change.at, change.verb, change.reason
                  FROM segment_membership m JOIN customer_segment s ON s.id = m.segment_id
                 CROSS JOIN LATERAL (VALUES (m.entered_at, 'Entered', m.reason), (m.left_at, 'Left', m.left_reason)) AS change (at, verb, reason)
                 WHERE m.customer_id = ? AND change.at < ? ORDER BY change.at DESC LIMIT ?""")
                .param(customer.id()).param(Timestamp.from(before)).param(limit)
                .query((row, n) -> new Entry(row.getTimestamp("at").toInstant(), "segment", row.getString("verb") + " segment " + row.getString("name"),
                        row.getString("reason"), "/segments/" + row.getString("key"), Map.of("segment", row.getString("key")))).list();
    }
}
