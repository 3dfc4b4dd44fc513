package dev.drover.consent;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who took back consent in a period, and why, as far as they said. */
@Component
public class Leavers {

    private static final int MOST_WORDS = 20;

    /** @param reason {@code unsaid} where nobody said */
    public record Counted(String reason, String words, long count) {}

    public record Said(Instant at, String channel, String words) {}

    /** @param people how many took back consent for a channel @param words what they wrote, the newest first */
    public record Left(long people, List<Counted> reasons, List<Said> words) {}

    private static final String LEFT = " FROM consent_change WHERE channel IS NOT NULL AND NOT granted AND given_at >= ? AND given_at < ?";

    private final JdbcClient jdbc;

    Leavers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Left between(Instant from, Instant to) {
        var reasons = new ArrayList<Counted>();
        jdbc.sql("SELECT coalesce(reason_key, 'unsaid') AS reason, count(DISTINCT customer_id)" + LEFT + " GROUP BY 1 ORDER BY 2 DESC, 1")
                .param(Timestamp.from(from)).param(Timestamp.from(to)).query(row -> {
                    String key = row.getString(1);
                    reasons.add(new Counted(key, LeavingReason.find(key).map(LeavingReason::words).orElse("They didn’t say"), row.getLong(2)));
                });
        var words = jdbc.sql("SELECT max(given_at), string_agg(channel, ', ' ORDER BY channel), reason" + LEFT + " AND reason IS NOT NULL GROUP BY customer_id, reason, given_at ORDER BY 1 DESC LIMIT " + MOST_WORDS)
                .param(Timestamp.from(from)).param(Timestamp.from(to))
                .query((row, n) -> new Said(row.getTimestamp(1).toInstant(), row.getString(2), row.getString(3))).list();
        long people = jdbc.sql("SELECT count(DISTINCT customer_id)" + LEFT).param(Timestamp.from(from)).param(Timestamp.from(to)).query(Long.class).single();
        return new Left(people, List.copyOf(reasons), words);
    }
}
