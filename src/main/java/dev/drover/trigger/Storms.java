package dev.drover.trigger;

import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps a program that runs wild from becoming a million mails: a trigger that acts more often than an hour may bring is in a storm, and what comes then
 * is held. A storm ends when a person says so, or when nothing came for a while; what was held goes only when a person lets it.
 */
@Component
class Storms {

    private static final Logger log = LoggerFactory.getLogger(Storms.class);
    static final String HELD = "held in a storm until a person decides";
    private static final Duration HOUR = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final Executions executions;
    private final TriggerSettings settings;
    private final PlatformClock clock;

    Storms(JdbcClient jdbc, Executions executions, TriggerSettings settings, PlatformClock clock) {
        this.jdbc = jdbc;
        this.executions = executions;
        this.settings = settings;
        this.clock = clock;
    }

    /** How many of these may go; counts them. When it isn't all, a storm has begun. In the transaction that decides. */
    int room(Trigger trigger, long wanted) {
        if (wanted == 0) {
            return 0;
        }
        Instant now = clock.instant();
        // A clock that was set back begins a new hour, too.
        boolean sameHour = now.isBefore(trigger.hour().began().plus(HOUR)) && !now.isBefore(trigger.hour().began());
        int before = sameHour ? trigger.hour().count() : 0;
        int room = (int) Math.min(wanted, Math.max(0, trigger.definition().hourlyLimit() - before));
        jdbc.sql("UPDATE marketing_trigger SET hour_began = ?, hour_count = ? WHERE id = ?")
                .param(Timestamp.from(sameHour ? trigger.hour().began() : now)).param(before + room).param(trigger.id()).update();
        if (room < wanted) {
            jdbc.sql("UPDATE marketing_trigger SET storm_since = coalesce(storm_since, ?), storm_fed_at = ? WHERE id = ?")
                    .param(Timestamp.from(now)).param(Timestamp.from(now)).param(trigger.id()).update();
            log.warn("The trigger {} acted {} times within an hour, which is its limit: what comes is held until a person decides", trigger.key(), trigger.definition().hourlyLimit());
        }
        return room;
    }

    /** While a storm blows, what is due is held. */
    void holdBack(Trigger trigger) {
        if (executions.holdBack(trigger.id()) > 0) {
            jdbc.sql("UPDATE marketing_trigger SET storm_fed_at = ? WHERE id = ?").param(Timestamp.from(clock.instant())).param(trigger.id()).update();
        }
    }

    /** Those that blew themselves out. What they held stays held. */
    void calm() {
        Instant now = clock.instant();
        jdbc.sql("UPDATE marketing_trigger SET storm_since = NULL, storm_fed_at = NULL, hour_count = 0, hour_began = ? WHERE storm_since IS NOT NULL AND storm_fed_at < ?")
                .param(Timestamp.from(now)).param(Timestamp.from(now.minus(settings.stormRest()))).update();
    }

    /** A person ends the storm. @param fire whether what was held is done after all @return how many were held */
    @Transactional
    public int lift(Trigger trigger, boolean fire) {
        Instant now = clock.instant();
        jdbc.sql("UPDATE marketing_trigger SET storm_since = NULL, storm_fed_at = NULL, hour_count = 0, hour_began = ? WHERE id = ?").param(Timestamp.from(now)).param(trigger.id()).update();
        return fire ? jdbc.sql("UPDATE trigger_execution_log SET execution_status = 'waiting', error_message = NULL, released = true WHERE trigger_id = ? AND execution_status = 'held'").param(trigger.id()).update()
                : jdbc.sql("""
                        UPDATE trigger_execution_log SET execution_status = 'rate_limited', error_message = 'held in a storm and dropped by a person', executed_at = ?
                         WHERE trigger_id = ? AND execution_status = 'held'""").param(Timestamp.from(now)).param(trigger.id()).update();
    }
}
