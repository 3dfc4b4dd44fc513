package dev.drover.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.kernel.Sha256;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tokens of programs that call the API. Only a hash is kept: a token is shown once, when it is made. */
@Component
class ApiTokens {

    static final String FROM_ENVIRONMENT = "DROVER_API_TOKEN";
    static final String EVERYTHING = "*";

    record ApiToken(long id, String name, List<String> scopes, String createdBy, Instant createdAt, @Nullable Instant lastUsedAt) {}

    /** A program may call hundreds of times a second. What another instance revokes is refused here a second later. */
    private static final Duration KNOWN_FOR = Duration.ofSeconds(1);

    private final JdbcClient jdbc;
    private final PlatformClock clock;
    private final SecureRandom random;
    /** By the token's hash. */
    private final Cache<ByteBuffer, ApiToken> known = Caffeine.newBuilder().expireAfterWrite(KNOWN_FOR).maximumSize(1_000).build();

    ApiTokens(JdbcClient jdbc, PlatformClock clock, SecureRandom random) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.random = random;
    }

    /** @return the token itself, which can't be had again */
    String create(String name, List<String> scopes, String by) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String token = "drv_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        try {
            jdbc.sql("INSERT INTO api_token (name, token_hash, scopes, created_by, created_at) VALUES (?, ?, ?, ?, ?)")
                    .params(name, Sha256.of(token), scopes.toArray(String[]::new), by, now()).update();
        } catch (DuplicateKeyException taken) {
            throw Problem.invalid("name", "There is a token called '%s' already (perhaps a revoked one). Choose another name.".formatted(name));
        }
        return token;
    }

    /** Makes the operator's token valid again at each start; another value replaces the former. */
    void fromEnvironment(String token) {
        jdbc.sql("""
                INSERT INTO api_token (name, token_hash, scopes, created_by, created_at) VALUES (?, ?, '{*}', 'environment', ?)
                ON CONFLICT (name) DO UPDATE SET token_hash = excluded.token_hash, revoked_at = NULL""")
                .params(FROM_ENVIRONMENT, Sha256.of(token), now()).update();
        known.invalidateAll();
    }

    Optional<ApiToken> find(String token) {
        return Optional.ofNullable(known.get(ByteBuffer.wrap(Sha256.of(token)), this::look));
    }

    private @Nullable ApiToken look(ByteBuffer hash) {
        Optional<ApiToken> found = jdbc.sql("SELECT id, name, scopes, created_by, created_at, last_used_at FROM api_token WHERE token_hash = ? AND revoked_at IS NULL")
                .param(hash.array()).query(ApiTokens::row).optional();
        found.filter(this::notSeenLately).ifPresent(seen -> jdbc.sql("UPDATE api_token SET last_used_at = ? WHERE id = ?").params(now(), seen.id()).update());
        return found.orElse(null);
    }

    List<ApiToken> all() {
        return jdbc.sql("SELECT id, name, scopes, created_by, created_at, last_used_at FROM api_token WHERE revoked_at IS NULL ORDER BY name")
                .query(ApiTokens::row).list();
    }

    /** @return the token's name */
    String revoke(long id) {
        String name = jdbc.sql("UPDATE api_token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL RETURNING name").params(now(), id).query(String.class).optional()
                .orElseThrow(() -> Problem.notFound("There is no such token."));
        known.invalidateAll();
        return name;
    }

    // A minute is fine enough to see what is still in use, and spares a write per call.
    private boolean notSeenLately(ApiToken token) {
        return token.lastUsedAt() == null || token.lastUsedAt().isBefore(clock.instant().minusSeconds(60));
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private static ApiToken row(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        Timestamp used = row.getTimestamp("last_used_at");
        return new ApiToken(row.getLong("id"), row.getString("name"), List.of((String[]) row.getArray("scopes").getArray()), row.getString("created_by"),
                row.getTimestamp("created_at").toInstant(), used == null ? null : used.toInstant());
    }
}
