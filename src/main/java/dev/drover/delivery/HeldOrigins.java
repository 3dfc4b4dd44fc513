package dev.drover.delivery;

import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Holds what a journey or a trigger has waiting in the ledger, as {@link HeldMailings} does a mailing's. Whoever holds it asks again and again, since more
 * may come; of each the eligibility rules are asked anew when it is brought back, so that what waited for the morning does so again.
 */
@Component
public class HeldOrigins {

    /** @param type as in {@link MessageOrigin} @param after only messages with a greater number */
    public record Origin(String type, String id, long after) {}

    private final JdbcClient jdbc;
    private final DispatchAlarm alarm;
    private final PlatformClock clock;

    HeldOrigins(JdbcClient jdbc, DispatchAlarm alarm, PlatformClock clock) {
        this.jdbc = jdbc;
        this.alarm = alarm;
        this.clock = clock;
    }

    /** @return how many; fewer than {@code most}: that was all for now */
    @Transactional
    public int putAside(Origin origin, int most) {
        return some(origin, "not_before = :aside", "not_before < :aside", most);
    }

    @Transactional
    public int bringBack(Origin origin, int most) {
        int back = some(origin, "not_before = :now", "not_before = :aside", most);
        if (back > 0) {
            alarm.ringAfterCommit();
        }
        return back;
    }

    /** Takes back what hasn't left. One being sent isn't tried again should it come back. */
    @Transactional
    public int cancel(Origin origin, int most, String reason) {
        jdbc.sql("UPDATE message SET rule = 'cancelled', reason = :reason WHERE origin_type = :type AND origin_id = :origin AND id > :after AND status = 'sending' AND rule IS DISTINCT FROM 'cancelled'")
                .param("reason", reason).param("type", origin.type()).param("origin", origin.id()).param("after", origin.after()).update();
        return jdbc.sql("""
                UPDATE message SET status = 'skipped', rule = 'cancelled', reason = :reason, not_before = least(not_before, :now)
                 WHERE id IN (SELECT id FROM message WHERE origin_type = :type AND origin_id = :origin AND id > :after AND status IN ('queued', 'deferred') ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED)""")
                .param("reason", reason).param("type", origin.type()).param("origin", origin.id()).param("after", origin.after()).param("most", most).param("now", Timestamp.from(clock.instant())).update();
    }

    private int some(Origin origin, String to, String which, int most) {
        return jdbc.sql("""
                UPDATE message SET %s WHERE id IN (SELECT id FROM message WHERE origin_type = :type AND origin_id = :origin AND id > :after AND status IN ('queued', 'deferred') AND %s
                                                    ORDER BY not_before, id LIMIT :most FOR UPDATE SKIP LOCKED)""".formatted(to, which))
                .param("aside", Timestamp.from(HeldMailings.ASIDE)).param("now", Timestamp.from(clock.instant())).param("type", origin.type()).param("origin", origin.id())
                .param("after", origin.after()).param("most", most).update();
    }
}
