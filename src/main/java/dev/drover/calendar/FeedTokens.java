package dev.drover.calendar;

import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Sha256;
import dev.drover.web.AuditLog;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who may read the calendar without a log-in: one address each, secret, kept as a hash only and shown once. It holds as long as its person may log in. Made, renewed and
 * taken away is noted in the audit log.
 */
@Component
class FeedTokens {

    private static final int BYTES = 32;
    /** A minute is fine enough to see whether it is in use, and spares a write for each look. */
    private static final int SEEN_LATELY = 60;

    record Feed(Instant createdAt, @Nullable Instant lastReadAt) {}

    private final JdbcClient jdbc;
    private final SecureRandom random;
    private final AuditLog audit;
    private final PlatformClock clock;

    FeedTokens(JdbcClient jdbc, SecureRandom random, AuditLog audit, PlatformClock clock) {
        this.jdbc = jdbc;
        this.random = random;
        this.audit = audit;
        this.clock = clock;
    }

    /** In place of the one they had, which is of no use any more. @return the token, which can't be had again */
    @Transactional
    String make(String user) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        boolean renewed = of(user).isPresent();
        jdbc.sql("""
                INSERT INTO calendar_feed (user_name, token_hash, created_at) VALUES (?, ?, ?)
                ON CONFLICT (user_name) DO UPDATE SET token_hash = excluded.token_hash, created_at = excluded.created_at, last_read_at = NULL""").params(user, Sha256.of(token), now()).update();
        audit.record(renewed ? "calendar-feed.renewed" : "calendar-feed.made", user, Map.of());
        return token;
    }

    /** @return whether there was one */
    @Transactional
    boolean takeAway(String user) {
        boolean was = jdbc.sql("DELETE FROM calendar_feed WHERE user_name = ?").param(user).update() > 0;
        if (was) {
            audit.record("calendar-feed.taken-away", user, Map.of());
        }
        return was;
    }

    Optional<Feed> of(String user) {
        return jdbc.sql("SELECT created_at, last_read_at FROM calendar_feed WHERE user_name = ?").param(user).query((row, n) -> new Feed(row.getTimestamp(1).toInstant(),
                row.getTimestamp(2) == null ? null : row.getTimestamp(2).toInstant())).optional();
    }

    /** Whether this opens the calendar, of somebody who may still log in. */
    boolean opens(String token) {
        byte[] hash = Sha256.of(token);
        var lastRead = jdbc.sql("SELECT coalesce(f.last_read_at, 'epoch') FROM calendar_feed f JOIN app_user u ON u.name = f.user_name WHERE f.token_hash = ? AND u.active").param(hash)
                .query(Timestamp.class).optional();
        lastRead.filter(at -> at.toInstant().isBefore(clock.instant().minusSeconds(SEEN_LATELY)))
                .ifPresent(at -> jdbc.sql("UPDATE calendar_feed SET last_read_at = ? WHERE token_hash = ?").params(now(), hash).update());
        return lastRead.isPresent();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
