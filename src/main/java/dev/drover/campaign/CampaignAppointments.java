package dev.drover.campaign;

import dev.drover.kernel.Appointments;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When campaigns begin, when their tests are decided, and when those with an end of their own end: moved time stops there, else one would be passed over and told of as missed. */
@Component
class CampaignAppointments implements Appointments {

    private static final String AWAITED = """
            FROM (SELECT CASE r.phase WHEN 'testing' THEN r.decide_at ELSE r.due_at END AS moment FROM campaign_run r JOIN email_campaign c ON c.id = r.campaign_id AND c.run = r.run
             WHERE r.phase IN ('waiting', 'testing') AND c.status IN ('scheduled', 'running')
            UNION ALL SELECT s.ends_at FROM campaign_source s JOIN email_campaign c ON c.id = s.campaign_id WHERE s.until IS NULL AND s.stopped_at IS NULL AND s.ends_at IS NOT NULL AND c.status = 'running') awaited WHERE""";

    private final JdbcClient jdbc;
    private final PlatformClock clock;

    CampaignAppointments(JdbcClient jdbc, PlatformClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Optional<Instant> next(Instant from, Instant until) {
        return jdbc.sql("SELECT min(moment) " + AWAITED + " moment > ? AND moment < ?").param(Timestamp.from(from)).param(Timestamp.from(until)).query(Timestamp.class).optional()
                .map(Timestamp::toInstant);
    }

    @Override
    public boolean kept() {
        return !jdbc.sql("SELECT EXISTS (SELECT " + AWAITED + " moment <= ?) OR EXISTS (SELECT FROM campaign_run r JOIN email_campaign c ON c.id = r.campaign_id AND c.run = r.run WHERE r.phase = 'queueing' AND (c.status = 'running' OR c.campaign_type <> 'drip'))").param(Timestamp.from(clock.instant()))
                .query(Boolean.class).single();
    }
}
