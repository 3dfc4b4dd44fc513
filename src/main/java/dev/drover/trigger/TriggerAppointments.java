package dev.drover.trigger;

import dev.drover.kernel.Appointments;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Ends of delays and days that come: moved time stops there, else a birthday would be passed over and told of as late. */
@Component
class TriggerAppointments implements Appointments {

    private final ActiveTriggers triggers;
    private final Dates dates;
    private final ObjectProvider<SweepLoop> sweeps;
    private final JdbcClient jdbc;
    private final PlatformClock clock;

    TriggerAppointments(ActiveTriggers triggers, Dates dates, ObjectProvider<SweepLoop> sweeps, JdbcClient jdbc, PlatformClock clock) {
        this.triggers = triggers;
        this.dates = dates;
        this.sweeps = sweeps;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Optional<Instant> next(Instant from, Instant until) {
        var waiting = jdbc.sql("SELECT min(due_at) FROM trigger_execution_log WHERE execution_status = 'waiting' AND due_at > ? AND due_at < ?")
                .param(Timestamp.from(from)).param(Timestamp.from(until)).query(Timestamp.class).optional().map(Timestamp::toInstant);
        var days = triggers.all().stream().flatMap(trigger -> trigger.definition().occasion() instanceof Occasion.OnDate date ? dates.next(date, from, until).stream() : Stream.of());
        return Stream.concat(waiting.stream(), days).min(Instant::compareTo);
    }

    @Override
    public boolean kept() {
        return sweeps.stream().allMatch(SweepLoop::isUpToDate) && jdbc.sql("""
                SELECT NOT EXISTS (SELECT 1 FROM trigger_execution_log WHERE execution_status = 'waiting' AND due_at <= ?)
                   AND NOT EXISTS (SELECT 1 FROM trigger_execution_log WHERE execution_status = 'running')""")
                .param(Timestamp.from(clock.instant())).query(Boolean.class).single();
    }
}
