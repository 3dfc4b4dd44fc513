package dev.drover.delivery.throughput;

import dev.drover.delivery.throughput.Standing.Pause;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.web.AuditLog;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What people want of the providers and how these stand: in the database for all instances, and here as it was a moment ago. */
@Component
class Controls {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final SettingRows rows;
    private final DayCounts counts;
    private final Line.All lines;
    private final Waiting waiting;
    private final AuditLog audit;
    private final PlatformClock clock;
    private volatile Snapshot snapshot = new Snapshot(null, Map.of(), LocalDate.EPOCH, Map.of());

    Controls(JdbcClient jdbc, TransactionTemplate transaction, SettingRows rows, DayCounts counts, Line.All lines, Waiting waiting, AuditLog audit, PlatformClock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.rows = rows;
        this.counts = counts;
        this.lines = lines;
        this.waiting = waiting;
        this.audit = audit;
        this.clock = clock;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    synchronized void refresh() {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var settings = rows.all();
        var states = states();
        var standings = new HashMap<String, Standing>();
        for (Line line : lines.lines()) {
            var state = states.getOrDefault(line.name(), new Standing(Settings.usual(line.name(), false), null, null));
            standings.put(line.name(), new Standing(settings.getOrDefault(line.name(), usual(line)), state.pause(), state.opening()));
        }
        snapshot = new Snapshot(pauseOfAll(), Map.copyOf(standings), today, counts.of(today));
    }

    Settings usual(Line line) {
        boolean mostPreferred = line.channels().stream().anyMatch(channel -> lines.of(channel).stream()
                .max(Comparator.comparingInt(Line::preference)).filter(line::equals).isPresent());
        return Settings.usual(line.name(), mostPreferred);
    }

    void save(String provider, Settings settings) {
        transaction.executeWithoutResult(status -> {
            rows.save(provider, settings);
            audit.record("provider.changed", provider, detail(settings));
        });
        refresh();
        waiting.freeSoon(channels(provider));
    }

    void pauseAll() {
        change("sending.paused", "all", () -> jdbc.sql("INSERT INTO delivery_pause (paused_at, paused_by) VALUES (?, ?) ON CONFLICT DO NOTHING")
                .param(now()).param(who()).update());
    }

    void resumeAll() {
        change("sending.resumed", "all", () -> jdbc.sql("DELETE FROM delivery_pause").update());
    }

    void pause(String provider) {
        change("provider.paused", provider, () -> jdbc.sql("""
                INSERT INTO provider_state (provider, paused_at, paused_by) VALUES (?, ?, ?)
                ON CONFLICT (provider) DO UPDATE SET paused_at = excluded.paused_at, paused_by = excluded.paused_by""")
                .param(provider).param(now()).param(who()).update());
    }

    void resume(String provider) {
        change("provider.resumed", provider, () -> jdbc.sql("UPDATE provider_state SET paused_at = NULL, paused_by = NULL WHERE provider = ?").param(provider).update());
        waiting.freeSoon(channels(provider));
    }

    /** Lets a few messages try at once instead of when the breaker would. */
    void tryNow(String provider) {
        change("provider.tried", provider, () -> jdbc.sql("UPDATE provider_state SET open_until = ? WHERE provider = ? AND open_until > ?")
                .param(now()).param(provider).param(now()).update());
        waiting.freeSoon(channels(provider));
    }

    /**
     * Holds here at once, before it is written down: those in hand meanwhile needn't fail, too.
     *
     * @param before what the change was decided upon: another instance may have been quicker
     */
    void write(String provider, Breaker.Change change, @Nullable Opening before) {
        var after = change.opening();
        synchronized (this) {
            snapshot = snapshot.with(provider, after);
            writeDown(provider, after, before);
            refresh();
        }
        if (after == null) {
            waiting.freeSoon(channels(provider));
        }
    }

    private void writeDown(String provider, @Nullable Opening after, @Nullable Opening before) {
        jdbc.sql("""
                INSERT INTO provider_state AS state (provider, opened_at, open_until, open_why, open_times) VALUES (:provider, :at, :until, :why, :times)
                ON CONFLICT (provider) DO UPDATE SET opened_at = excluded.opened_at, open_until = excluded.open_until, open_why = excluded.open_why,
                       open_times = excluded.open_times
                 WHERE state.open_times = :before""")
                .param("provider", provider).param("at", after == null ? null : after.at().atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("until", after == null ? null : after.until().atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("why", after == null ? null : after.why()).param("times", after == null ? 0 : after.times())
                .param("before", before == null ? 0 : before.times()).update();
    }

    private void change(String action, String subject, Runnable work) {
        transaction.executeWithoutResult(status -> {
            work.run();
            audit.record(action, subject, Map.of());
        });
        refresh();
    }

    private static Map<String, Object> detail(Settings settings) {
        var detail = new HashMap<String, Object>(Map.of("enabled", settings.enabled(), "weight", settings.weight(), "domains", settings.domains().values()));
        detail.put("perSecond", settings.perSecond());
        detail.put("perDay", settings.perDay());
        detail.put("warmUp", settings.warmUp() == null ? null : settings.warmUp().limits());
        return detail;
    }

    private Set<Channel> channels(String provider) {
        return lines.lines().stream().filter(line -> line.name().equals(provider)).findFirst().map(Line::channels).orElse(EnumSet.noneOf(Channel.class));
    }

    private @Nullable Pause pauseOfAll() {
        return jdbc.sql("SELECT paused_at, paused_by FROM delivery_pause").query((row, n) -> new Pause(row.getTimestamp(1).toInstant(), row.getString(2)))
                .optional().orElse(null);
    }

    private Map<String, Standing> states() {
        var found = new HashMap<String, Standing>();
        jdbc.sql("SELECT * FROM provider_state").query(row -> {
            var paused = row.getTimestamp("paused_at");
            var until = row.getTimestamp("open_until");
            found.put(row.getString("provider"), new Standing(Settings.usual("", false),
                    paused == null ? null : new Pause(paused.toInstant(), row.getString("paused_by")),
                    until == null ? null : new Opening(row.getTimestamp("opened_at").toInstant(), until.toInstant(), row.getString("open_why"), row.getInt("open_times"))));
        });
        return found;
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private static String who() {
        var who = SecurityContextHolder.getContext().getAuthentication();
        return who == null ? "system" : who.getName();
    }
}
