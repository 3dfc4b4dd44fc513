package dev.drover.consent;

import dev.drover.audience.Customer;
import dev.drover.audience.TimelineSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
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
                .query((row, n) -> new Entry(row.getTimestamp("given_at").toInstant(), "consent", title(row), detail(row), null, data(row))).list();
    }

    private static String title(ResultSet row) throws SQLException {
        if (row.getString("frequency") != null) {
            return "Wants to hear " + switch (row.getString("frequency")) {
                case "low" -> "little";
                case "high" -> "much";
                default -> "as usual";
            };
        }
        String what = row.getString("channel") != null ? row.getString("channel") : "hearing about " + row.getString("category");
        return (row.getBoolean("granted") ? "Agreed to " : "Withdrew from ") + what;
    }

    private static String detail(ResultSet row) throws SQLException {
        var words = new StringBuilder("by ").append(row.getString("source"));
        String basis = row.getString("basis");
        if (row.getBoolean("granted") && basis != null && !basis.equals("express")) {
            words.append(basis.equals("purchase") ? ", implied by a purchase" : ", implied by an inquiry");
        }
        var reason = LeavingReason.find(row.getString("reason_key")).map(LeavingReason::words);
        reason.ifPresent(one -> words.append(": ").append(one));
        if (row.getString("reason") != null) {
            words.append(": “").append(row.getString("reason")).append('”');
        }
        return words.toString();
    }

    private static Map<String, Object> data(ResultSet row) throws SQLException {
        var data = new LinkedHashMap<String, Object>();
        for (String name : new String[] {"channel", "category", "frequency", "basis", "wording", "page", "ip"}) {
            if (row.getString(name) != null) {
                data.put(name, row.getString(name));
            }
        }
        data.put("granted", row.getBoolean("granted"));
        return data;
    }
}
