package dev.drover.trigger;

import dev.drover.kernel.BackgroundLoop;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Shortens the log: what has ended long ago goes. What decides about today stays, without what the event told: what a cap still counts, and of a journey's starts the
 * last of each customer, whatever the re-entry policy is now, for it may be changed. Several instances may do so at once: each row goes once.
 */
@Component
@ConditionalOnProperty(name = "drover.events.enabled", matchIfMissing = true, havingValue = "true")
class LogRetention extends BackgroundLoop {

    private static final Duration EVERY = Duration.ofHours(1);
    private static final int BATCH = 2_000;
    private static final int TRIGGERS = 100;

    /** Goes on where the batch before ended, so that rows that stay are looked at once in a round. */
    private static final String SHORTEN = """
            WITH page AS (
                SELECT id, created_at, customer_id, stage, execution_status, decided_at, executed_at FROM trigger_execution_log
                 WHERE trigger_id = :trigger AND created_at < :before AND (created_at, id) > (:at, :id) ORDER BY created_at, id LIMIT :most),
            ended AS (SELECT * FROM page WHERE execution_status IN ('success', 'failed', 'skipped', 'rate_limited') AND coalesce(executed_at, created_at) < :before),
            needed AS (
                SELECT e.id FROM ended e WHERE e.stage = 2 AND e.execution_status = 'success' AND e.customer_id IS NOT NULL AND (e.decided_at > :counted
                    OR :journey AND NOT EXISTS (SELECT 1 FROM trigger_execution_log n WHERE n.customer_id = e.customer_id AND n.trigger_id = :trigger AND n.stage = 2
                           AND n.execution_status = 'success' AND (n.decided_at, n.id) > (e.decided_at, e.id)))),
            gone AS (DELETE FROM trigger_execution_log WHERE id IN (SELECT id FROM ended EXCEPT SELECT id FROM needed) RETURNING 1),
            bare AS (UPDATE trigger_execution_log SET event_data = NULL, action_result = NULL WHERE id IN (SELECT id FROM needed) AND num_nonnulls(event_data, action_result) > 0)
            SELECT created_at, id, (SELECT count(*) FROM gone) AS gone FROM page ORDER BY created_at DESC, id DESC LIMIT 1""";

    /** Where a batch ended, and how many rows went. */
    private record Batch(Instant at, long id, int gone) {}

    private final Triggers triggers;
    private final TriggerSettings settings;
    private final JdbcClient jdbc;
    private final PlatformClock clock;

    LogRetention(Triggers triggers, TriggerSettings settings, JdbcClient jdbc, PlatformClock clock) {
        super("trigger-log");
        this.triggers = triggers;
        this.settings = settings;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    protected Duration round(boolean rung) {
        for (var some = triggers.list(null, TRIGGERS); !some.isEmpty(); some = triggers.list(some.getLast().key(), TRIGGERS)) {
            for (Trigger trigger : some) {
                shorten(trigger);
            }
        }
        return EVERY;
    }

    /** @return how many rows went */
    int shorten(Trigger trigger) {
        int gone = 0;
        for (Batch batch = shorten(trigger, null); batch != null; batch = isRunning() ? shorten(trigger, batch) : null) {
            gone += batch.gone();
        }
        return gone;
    }

    private @Nullable Batch shorten(Trigger trigger, @Nullable Batch last) {
        var definition = trigger.definition();
        Instant now = clock.instant();
        // An occasion is known by its row, which stays as long as the same could be found once more.
        var late = definition.lateAfter().plusDays(1);
        Instant before = now.minus(settings.keepLog().compareTo(late) > 0 ? settings.keepLog() : late);
        Instant counted = definition.cap() == null ? now : now.minus(Duration.ofDays(definition.cap().days()));
        return jdbc.sql(SHORTEN).param("trigger", trigger.id()).param("before", Timestamp.from(before)).param("counted", Timestamp.from(counted))
                .param("journey", definition.action().kind() == Action.Kind.START_JOURNEY)
                .param("at", Timestamp.from(last == null ? Instant.EPOCH : last.at())).param("id", last == null ? 0L : last.id()).param("most", BATCH)
                .query((row, n) -> new Batch(row.getTimestamp(1).toInstant(), row.getLong(2), row.getInt(3))).optional().orElse(null);
    }
}
