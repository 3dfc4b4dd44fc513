package dev.drover.delivery.hooks;

import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is kept of events: those of a message, and those nobody knows what to do with. */
@Component
class KeptEvents {

    /** Longer than any provider repeats itself (SNS: 23 days). */
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int MOST_ASIDE = 10_000;

    record OfMessage(String provider, String kind, Instant at) {}

    record Aside(long id, String provider, String kind, Instant receivedAt, @Nullable String reason, @Nullable String raw) {}

    private final JdbcClient jdbc;
    private final PlatformClock clock;

    KeptEvents(JdbcClient jdbc, PlatformClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    List<OfMessage> ofMessage(long messageId) {
        return jdbc.sql("SELECT provider, kind, occurred_at FROM provider_event WHERE message_id = ? ORDER BY occurred_at, id LIMIT 100").param(messageId)
                .query((row, n) -> new OfMessage(row.getString(1), row.getString(2), row.getTimestamp(3).toInstant())).list();
    }

    /** Newest first. */
    List<Aside> aside(long before, int most) {
        return jdbc.sql("SELECT id, provider, kind, received_at, reason, raw FROM provider_event WHERE state = 'aside' AND id < ? ORDER BY id DESC LIMIT ?").param(before).param(most)
                .query((row, n) -> new Aside(row.getLong(1), row.getString(2), row.getString(3), row.getTimestamp(4).toInstant(), row.getString(5), row.getString(6))).list();
    }

    /** The ids of text messages stay: a STOP that is repeated after years must not be a new one. What they said goes. */
    void clean() {
        Timestamp before = Timestamp.from(clock.instant().minus(KEPT));
        jdbc.sql("DELETE FROM provider_event WHERE state <> 'waiting' AND received_at < ? AND kind NOT IN ('stop', 'start')").param(before).update();
        jdbc.sql("UPDATE provider_event SET state = 'applied', told = NULL, raw = NULL WHERE state = 'aside' AND received_at < ?").param(before).update();
        jdbc.sql("""
                DELETE FROM provider_event WHERE state = 'aside' AND id <= (SELECT id FROM provider_event WHERE state = 'aside' ORDER BY id DESC OFFSET ? LIMIT 1)""")
                .param(MOST_ASIDE).update();
    }
}
