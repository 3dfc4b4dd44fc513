package dev.drover.delivery;

import dev.drover.kernel.Channel;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many messages left on which day, by who asked for them. */
@Component
public class SentByDay {

    /** A message may wait for quiet hours and quotas before it leaves; the index goes by when it was asked for. */
    private static final Duration WAITED_AT_MOST = Duration.ofDays(3);

    /** @param origin the journey's or campaign's id */
    public record Sent(String origin, Channel channel, LocalDate day, long count) {}

    private final JdbcClient jdbc;

    SentByDay(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * By origin, channel and day of that clock.
     *
     * @param originType such as {@code journey}
     * @param to         not included
     */
    public List<Sent> of(String originType, Instant from, Instant to, ZoneId zone) {
        return jdbc.sql("""
                SELECT origin_id, channel, (sent_at AT TIME ZONE :zone)::date AS day, count(*) AS count FROM message
                 WHERE queued_at >= :asked AND queued_at < :to AND origin_type = :type AND sent_at >= :from AND sent_at < :to GROUP BY 1, 2, 3""")
                .param("zone", zone.getId()).param("asked", Timestamp.from(from.minus(WAITED_AT_MOST))).param("from", Timestamp.from(from)).param("to", Timestamp.from(to)).param("type", originType)
                .query((row, n) -> new Sent(row.getString(1), Channel.of(row.getString(2)), row.getObject(3, LocalDate.class), row.getLong(4))).list();
    }
}
