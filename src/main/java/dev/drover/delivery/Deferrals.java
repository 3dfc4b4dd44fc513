package dev.drover.delivery;

import dev.drover.delivery.throughput.Rooms.Lane;
import dev.drover.delivery.throughput.Throughput;
import dev.drover.kernel.Appointments;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The moments until which rules and days that are used up hold messages back. Moved time stops there until they have left. */
@Component
class Deferrals implements Appointments {

    private final JdbcClient jdbc;
    private final Throughput throughput;
    private final PlatformClock clock;

    Deferrals(JdbcClient jdbc, Throughput throughput, PlatformClock clock) {
        this.jdbc = jdbc;
        this.throughput = throughput;
        this.clock = clock;
    }

    @Override
    public Optional<Instant> next(Instant from, Instant until) {
        return jdbc.sql("""
                SELECT not_before FROM message
                 WHERE status = 'deferred' AND not_before > ? AND not_before < ? AND coalesce(rule, '') NOT IN ('throughput.breaker', 'throughput.turn')
                 ORDER BY not_before LIMIT 1""")
                .param(Timestamp.from(from)).param(Timestamp.from(until)).query((row, n) -> row.getTimestamp(1).toInstant()).optional();
    }

    @Override
    public boolean kept() {
        // What is paused isn't waited for.
        var moving = throughput.rooms(1).lanes().stream().map(Lane::channel).map(Channel::key).distinct().toArray(String[]::new);
        return jdbc.sql("""
                SELECT NOT EXISTS (SELECT 1 FROM message WHERE status IN ('queued', 'deferred') AND channel = ANY(?) AND not_before <= ?
                                      AND (mailing_id IS NULL OR mailing_id NOT IN (SELECT id FROM mailing WHERE held_at IS NOT NULL)))
                   AND NOT EXISTS (SELECT 1 FROM message WHERE status = 'sending')""")
                .param(moving).param(Timestamp.from(clock.instant())).query(Boolean.class).single();
    }
}
