package dev.drover.delivery;

import dev.drover.kernel.Appointments;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The moments until which rules hold messages back. Moved time stops there until they have left. */
@Component
class Deferrals implements Appointments {

    private final JdbcClient jdbc;
    private final PlatformClock clock;

    Deferrals(JdbcClient jdbc, PlatformClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Optional<Instant> next(Instant from, Instant until) {
        return jdbc.sql("SELECT not_before FROM message WHERE status = 'deferred' AND not_before > ? AND not_before < ? ORDER BY not_before LIMIT 1")
                .param(Timestamp.from(from)).param(Timestamp.from(until)).query((row, n) -> row.getTimestamp(1).toInstant()).optional();
    }

    @Override
    public boolean kept() {
        return jdbc.sql("""
                SELECT NOT EXISTS (SELECT 1 FROM message WHERE status IN ('queued', 'deferred') AND not_before <= ?)
                   AND NOT EXISTS (SELECT 1 FROM message WHERE status = 'sending')""")
                .param(Timestamp.from(clock.instant())).query(Boolean.class).single();
    }
}
