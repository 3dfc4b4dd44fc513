package dev.drover.delivery;

import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Mailings of which nothing leaves now. Every dispatcher asks before it claims and again before it hands over, so that holding works within
 * {@value #FRESH_MILLIS} milliseconds; putting the messages themselves aside, so that claims needn't pass over them, may take its time. Thread-safe.
 */
@Component
public class HeldMailings {

    /** Where messages put aside wait: a moment that doesn't come. */
    static final Instant ASIDE = Instant.parse("9999-12-31T00:00:00Z");
    private static final long FRESH_MILLIS = 300;

    private record Snapshot(Set<Long> held, long readAt) {}

    private final JdbcClient jdbc;
    private final DispatchAlarm alarm;
    private final PlatformClock clock;
    private volatile Snapshot snapshot = new Snapshot(Set.of(), System.nanoTime() - Duration.ofDays(1).toNanos());

    HeldMailings(JdbcClient jdbc, DispatchAlarm alarm, PlatformClock clock) {
        this.jdbc = jdbc;
        this.alarm = alarm;
        this.clock = clock;
    }

    /** As it stands in the database now. */
    Set<Long> read() {
        long at = System.nanoTime();
        var held = new HashSet<>(jdbc.sql("SELECT id FROM mailing WHERE held_at IS NOT NULL").query(Long.class).list());
        snapshot = new Snapshot(held, at);
        return held;
    }

    /** Whether this message, claimed a moment ago, has to be put back. */
    boolean holds(@Nullable Long mailing) {
        if (mailing == null) {
            return false;
        }
        var known = snapshot;
        return (System.nanoTime() - known.readAt() > Duration.ofMillis(FRESH_MILLIS).toNanos() ? read() : known.held()).contains(mailing);
    }

    /** From now on nothing of it leaves. What is on its way to the provider at this moment can't be called back. */
    @Transactional
    public void hold(long mailing) {
        jdbc.sql("UPDATE mailing SET held_at = ? WHERE id = ? AND held_at IS NULL").param(Timestamp.from(clock.instant())).param(mailing).update();
    }

    /** What was put aside is brought back by {@link #bringBack}. */
    @Transactional
    public void release(long mailing) {
        jdbc.sql("UPDATE mailing SET held_at = NULL WHERE id = ?").param(mailing).update();
        alarm.ringAfterCommit();
    }

    /** Takes what is due out of the claims' way. @return how many; fewer than {@code most}: that was all for now */
    @Transactional
    public int putAside(long mailing, int most) {
        return jdbc.sql("""
                UPDATE message SET not_before = :aside
                 WHERE id IN (SELECT id FROM message WHERE status IN ('queued', 'deferred') AND not_before <= :now AND mailing_id = :mailing
                               ORDER BY not_before, id LIMIT :most FOR UPDATE SKIP LOCKED)
                   AND EXISTS (SELECT FROM mailing WHERE id = :mailing AND held_at IS NOT NULL)""")
                .param("aside", Timestamp.from(ASIDE)).param("now", now()).param("mailing", mailing).param("most", most).update();
    }

    /** @return how many; fewer than {@code most}: none is left aside */
    @Transactional
    public int bringBack(long mailing, int most) {
        int back = jdbc.sql("""
                UPDATE message SET not_before = :now
                 WHERE id IN (SELECT id FROM message WHERE status IN ('queued', 'deferred') AND not_before = :aside AND mailing_id = :mailing ORDER BY id LIMIT :most FOR UPDATE)
                   AND EXISTS (SELECT FROM mailing WHERE id = :mailing AND held_at IS NULL)""")
                .param("aside", Timestamp.from(ASIDE)).param("now", now()).param("mailing", mailing).param("most", most).update();
        if (back > 0) {
            alarm.ringAfterCommit();
        }
        return back;
    }

    /** Takes back what hasn't left. One being sent isn't tried again should it come back. @return how many; fewer than {@code most}: none is left */
    @Transactional
    public int cancel(long mailing, int most, String reason) {
        jdbc.sql("UPDATE message SET rule = 'cancelled', reason = :reason WHERE mailing_id = :mailing AND status = 'sending' AND rule IS DISTINCT FROM 'cancelled'")
                .param("reason", reason).param("mailing", mailing).update();
        return jdbc.sql("""
                UPDATE message SET status = 'skipped', rule = 'cancelled', reason = :reason, not_before = least(not_before, :now)
                 WHERE id IN (SELECT id FROM message WHERE status IN ('queued', 'deferred') AND mailing_id = :mailing ORDER BY not_before, id LIMIT :most FOR UPDATE SKIP LOCKED)""")
                .param("reason", reason).param("now", now()).param("mailing", mailing).param("most", most).update();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
