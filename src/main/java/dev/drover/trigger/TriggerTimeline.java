package dev.drover.trigger;

import dev.drover.audience.Customer;
import dev.drover.audience.TimelineSource;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What triggers did for a customer, or would have. A message it sent has its own line. */
@Component
class TriggerTimeline implements TimelineSource {

    private final JdbcClient jdbc;

    TriggerTimeline(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Entry> of(Customer customer, Instant before, int limit) {
        return jdbc.sql("""
                SELECT l.created_at, l.execution_status, l.error_message, l.times, t.key, t.name FROM trigger_execution_log l JOIN marketing_trigger t ON t.id = l.trigger_id
                 WHERE l.customer_id = ? AND l.created_at < ? ORDER BY l.created_at DESC, l.id DESC LIMIT ?""")
                .param(customer.id()).param(Timestamp.from(before)).param(limit).query((row, n) -> {
                    String status = row.getString("execution_status");
                    String reason = row.getString("error_message");
                    String words = switch (status) {
                        case "success" -> "acted";
                        case "waiting", "running" -> "waits";
                        case "rate_limited" -> "was held back by a limit";
                        case "held" -> "is held in a storm";
                        default -> status.equals("failed") ? "failed" : "didn’t act";
                    };
                    return new Entry(row.getTimestamp("created_at").toInstant(), "trigger", "Trigger %s %s%s".formatted(row.getString("name"), words, row.getInt("times") > 1 ? ", " + row.getInt("times") + " times" : ""),
                            reason, "/triggers/" + row.getString("key"), Map.of("trigger", row.getString("key"), "status", status));
                }).list();
    }
}
