package dev.drover.consent;

import dev.drover.audience.Customer;
import dev.drover.audience.TimelineSource;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class ConsentTimeline implements TimelineSource {

    private final JdbcClient jdbc;

    ConsentTimeline(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Entry> of(Customer customer, Instant before, int limit) {
        return jdbc.sql("SELECT * FROM consent_change WHERE customer_id = ? AND given_at < ? ORDER BY given_at DESC LIMIT ?")
                .param(customer.id()).param(Timestamp.from(before)).param(limit)
                .query((row, n) -> new Entry(row.getTimestamp("given_at").toInstant(), "consent",
                        (row.getBoolean("granted") ? "Agreed to " : "Withdrew from ") + row.getString("channel"),
                        row.getString("reason") == null ? "by " + row.getString("source") : "by %s: %s".formatted(row.getString("source"), row.getString("reason")),
                        null, Map.of("channel", row.getString("channel"), "granted", row.getBoolean("granted")))).list();
    }
}
