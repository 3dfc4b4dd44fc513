package dev.drover.journey;

import dev.drover.engine.Engine;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.web.AuditLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Which journeys, and whose, are paused, and who may still enter. In the database for all processes of ours, which see a change within {@value #FRESH_MILLIS}
 * milliseconds; the one that made it at once. Thread-safe.
 */
@Component
class JourneyControls {

    private static final long FRESH_MILLIS = 1_000;
    private static final Control RUNS = new Control(null, null, null, null);

    /** @param closesAt from then on nobody enters; {@code null}: it is open */
    record Control(@Nullable Instant pausedAt, @Nullable String pausedBy, @Nullable Instant closesAt, @Nullable String closedBy) {

        public boolean paused() {
            return pausedAt != null;
        }

        public boolean closed(Instant now) {
            return closesAt != null && !now.isBefore(closesAt);
        }

        /** In a word, as the API tells it. */
        public String state(Instant now) {
            return paused() ? "paused" : closed(now) ? "closed" : "running";
        }
    }

    private record Snapshot(Map<String, Control> journeys, Set<Long> instances, long readAt) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Engine engine;
    private final AuditLog audit;
    private final PlatformClock clock;
    private volatile Snapshot snapshot = new Snapshot(Map.of(), Set.of(), System.nanoTime() - Duration.ofDays(1).toNanos());

    JourneyControls(JdbcClient jdbc, TransactionTemplate transaction, Engine engine, AuditLog audit, PlatformClock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.engine = engine;
        this.audit = audit;
        this.clock = clock;
    }

    Control of(String journey) {
        return current().journeys().getOrDefault(journey, RUNS);
    }

    /** Whether newcomers may enter now. */
    boolean admits(String journey) {
        Control control = of(journey);
        return !control.paused() && !control.closed(clock.instant());
    }

    /** @throws Problem conflict, saying why nobody enters */
    void requireEntry(String journey) {
        Control control = of(journey);
        if (control.paused()) {
            throw Problem.conflict("The journey '%s' is paused: nobody enters until it is resumed.".formatted(journey));
        }
        if (control.closed(clock.instant())) {
            throw Problem.conflict("The journey '%s' has been closed to newcomers since %s. Open it first.".formatted(journey, control.closesAt()));
        }
    }

    /** Whether nobody is to act for this instance now. */
    boolean holds(String journey, long instance) {
        return of(journey).paused() || current().instances().contains(instance);
    }

    boolean paused(long instance) {
        return current().instances().contains(instance);
    }

    void pause(String journey, String by) {
        change("journey.paused", journey, Map.of(), () -> jdbc.sql("""
                INSERT INTO journey_control AS c (journey_id, paused_at, paused_by) VALUES (?, ?, ?)
                ON CONFLICT (journey_id) DO UPDATE SET paused_at = excluded.paused_at, paused_by = excluded.paused_by WHERE c.paused_at IS NULL""")
                .param(journey).param(now()).param(by).update());
    }

    void resume(String journey) {
        change("journey.resumed", journey, Map.of(), () -> jdbc.sql("UPDATE journey_control SET paused_at = NULL, paused_by = NULL WHERE journey_id = ? AND paused_at IS NOT NULL")
                .param(journey).update());
    }

    /** @param at from then on nobody enters; {@code null}: it is open again */
    void close(String journey, @Nullable Instant at, String by) {
        change(at == null ? "journey.opened" : "journey.closed", journey, at == null ? Map.of() : Map.of("at", at), () -> jdbc.sql("""
                INSERT INTO journey_control AS c (journey_id, closes_at, closed_by) VALUES (?, ?, ?)
                ON CONFLICT (journey_id) DO UPDATE SET closes_at = excluded.closes_at, closed_by = excluded.closed_by WHERE c.closes_at IS DISTINCT FROM excluded.closes_at""")
                .param(journey).param(at == null ? null : Timestamp.from(at)).param(at == null ? null : by).update());
    }

    void pause(String journey, long instance, String by) {
        change("journey.instance-paused", journey, Map.of("instance", instance), () -> jdbc.sql("""
                INSERT INTO paused_instance (engine, instance_key, journey_id, paused_at, paused_by) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""")
                .param(engine.identity()).param(instance).param(journey).param(now()).param(by).update());
    }

    void resume(String journey, long instance) {
        change("journey.instance-resumed", journey, Map.of("instance", instance), () -> jdbc.sql("DELETE FROM paused_instance WHERE engine = ? AND instance_key = ?")
                .param(engine.identity()).param(instance).update());
    }

    /** Somebody who was moved is the same somebody under another key. */
    void follow(long from, long to) {
        if (jdbc.sql("UPDATE paused_instance SET instance_key = ? WHERE engine = ? AND instance_key = ?").param(to).param(engine.identity()).param(from).update() > 0) {
            refresh();
        }
    }

    private void change(String action, String journey, Map<String, ?> detail, java.util.function.IntSupplier change) {
        transaction.executeWithoutResult(status -> {
            if (change.getAsInt() > 0) {
                audit.record(action, journey, detail);
            }
        });
        refresh();
    }

    private Snapshot current() {
        if (System.nanoTime() - snapshot.readAt() > Duration.ofMillis(FRESH_MILLIS).toNanos()) {
            refresh();
        }
        return snapshot;
    }

    private synchronized void refresh() {
        long at = System.nanoTime();
        var journeys = jdbc.sql("SELECT * FROM journey_control").query((row, n) -> Map.entry(row.getString("journey_id"), new Control(maybe(row, "paused_at"), row.getString("paused_by"),
                maybe(row, "closes_at"), row.getString("closed_by")))).list().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        var instances = new HashSet<>(jdbc.sql("SELECT instance_key FROM paused_instance WHERE engine = ?").param(engine.identity()).query(Long.class).list());
        snapshot = new Snapshot(journeys, instances, at);
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private static @Nullable Instant maybe(ResultSet row, String column) throws SQLException {
        var at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
