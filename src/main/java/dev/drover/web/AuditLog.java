package dev.drover.web;

import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Who changed what. Takes part in the caller's transaction, so that a change and its entry stand or fall together. */
@Component
public class AuditLog {

    public record Entry(long id, Instant at, String actor, String action, String subject) {}

    private final JdbcClient jdbc;
    private final PlatformClock clock;

    AuditLog(JdbcClient jdbc, PlatformClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param action  what was done, such as {@code token.created}
     * @param subject what it was done to
     * @param detail  never a secret, never more of a person than an id
     */
    public void record(String action, String subject, Map<String, ?> detail) {
        jdbc.sql("INSERT INTO audit_log (at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?::jsonb)")
                .params(Timestamp.from(clock.instant()), actor(), action, subject, Json.write(detail)).update();
    }

    /** Newest first. */
    List<Entry> latest(@Nullable Long before, int limit) {
        return jdbc.sql("SELECT id, at, actor, action, subject FROM audit_log WHERE id < ? ORDER BY id DESC LIMIT ?")
                .params(before == null ? Long.MAX_VALUE : before, limit)
                .query((row, n) -> new Entry(row.getLong(1), row.getTimestamp(2).toInstant(), row.getString(3), row.getString(4), row.getString(5))).list();
    }

    private static String actor() {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        return who == null ? "system" : who.getName();
    }
}
