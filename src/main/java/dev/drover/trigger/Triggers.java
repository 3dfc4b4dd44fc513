package dev.drover.trigger;

import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The triggers as they are kept. */
@Component
class Triggers {

    private static final int SECRET_BYTES = 24;
    private static final String NEWEST_EVENT = "(SELECT coalesce(max(position), 0) FROM event_log)";

    private final JdbcClient jdbc;
    private final PlatformClock clock;
    private final SecureRandom random;

    Triggers(JdbcClient jdbc, PlatformClock clock, SecureRandom random) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.random = random;
    }

    /** By key. @param after the last one seen; {@code null}: from the beginning */
    List<Trigger> list(@Nullable String after, int limit) {
        return jdbc.sql("SELECT * FROM marketing_trigger WHERE key > ? ORDER BY key LIMIT ?").param(after == null ? "" : after).param(limit).query(new TriggerRow()).list();
    }

    /** Another number whenever which triggers wait for what has changed. */
    long generation() {
        return jdbc.sql("SELECT number FROM trigger_generation").query(Long.class).single();
    }

    List<Trigger> active() {
        return jdbc.sql("SELECT * FROM marketing_trigger WHERE is_active ORDER BY id").query(new TriggerRow()).list();
    }

    List<Trigger> byIds(Collection<Long> ids) {
        return jdbc.sql("SELECT * FROM marketing_trigger WHERE id = ANY(?)").param(ids.toArray(Long[]::new)).query(new TriggerRow()).list();
    }

    Optional<Trigger> find(String key) {
        return key.indexOf('\0') >= 0 ? Optional.empty() : jdbc.sql("SELECT * FROM marketing_trigger WHERE key = ?").param(key).query(new TriggerRow()).optional();
    }

    /** @throws Problem not found */
    Trigger require(String key) {
        return find(key).orElseThrow(() -> Problem.notFound("There is no trigger '" + key + "'."));
    }

    /** @throws Problem conflict when the key is taken */
    Trigger create(Definition wanted, String author) {
        try {
            jdbc.sql("""
                    INSERT INTO marketing_trigger (key, name, description, trigger_type, event_name, trigger_config, conditions, delay_seconds, action_type, action_config, reentry,
                                                   frequency_cap, frequency_period_days, hourly_limit, is_active, active_since, active_from, hour_began, created_by, created_at, updated_at)
                    VALUES (:key, :name, :description, :type, :event, :config::jsonb, :conditions::jsonb, :delay, :action, :actionConfig::jsonb, :reentry::jsonb,
                            :cap, :period, :limit, :active, :now, %s, :now, :author, :now, :now)""".formatted(NEWEST_EVENT)).params(columns(wanted)).param("author", author).update();
        } catch (DuplicateKeyException taken) {
            throw Problem.conflict("There is a trigger '" + wanted.key() + "' already.");
        }
        return require(wanted.key());
    }

    /**
     * What waits for its delay goes on by the new definition. One that is switched on, or waits for something else now, begins with this moment.
     *
     * @throws Problem not found
     */
    Trigger change(Definition wanted) {
        var before = require(wanted.key());
        boolean anew = !before.definition().active() || !before.definition().occasion().equals(wanted.occasion());
        jdbc.sql("""
                UPDATE marketing_trigger SET name = :name, description = :description, trigger_type = :type, event_name = :event, trigger_config = :config::jsonb,
                       conditions = :conditions::jsonb, delay_seconds = :delay, action_type = :action, action_config = :actionConfig::jsonb, reentry = :reentry::jsonb,
                       frequency_cap = :cap, frequency_period_days = :period, hourly_limit = :limit, is_active = :active,
                       active_since = CASE WHEN :anew THEN :now ELSE active_since END, active_from = CASE WHEN :anew THEN %s ELSE active_from END,
                       swept_until = CASE WHEN :anew THEN NULL ELSE swept_until END, updated_at = :now
                 WHERE key = :key""".formatted(NEWEST_EVENT)).params(columns(wanted)).param("anew", anew).update();
        return require(wanted.key());
    }

    private Map<String, Object> columns(Definition wanted) {
        var columns = new java.util.HashMap<String, Object>();
        columns.put("key", wanted.key());
        columns.put("name", wanted.name());
        columns.put("description", wanted.description());
        columns.put("type", wanted.occasion().type());
        columns.put("event", wanted.occasion() instanceof Occasion.OnEvent event ? event.name() : null);
        columns.put("config", TriggerRow.config(wanted));
        columns.put("conditions", wanted.conditions() == null ? null : Json.write(wanted.conditions()));
        columns.put("delay", wanted.delay().toSeconds());
        columns.put("action", wanted.action().kind().key());
        columns.put("actionConfig", Json.write(wanted.action().config()));
        columns.put("reentry", wanted.reentry() == null ? null : Json.write(wanted.reentry().json()));
        columns.put("cap", wanted.cap() == null ? null : wanted.cap().count());
        columns.put("period", wanted.cap() == null ? null : wanted.cap().days());
        columns.put("limit", wanted.hourlyLimit());
        columns.put("active", wanted.active());
        columns.put("now", Timestamp.from(clock.instant()));
        return columns;
    }

    /** @throws Problem not found */
    Trigger switchTo(String key, boolean active) {
        var now = Timestamp.from(clock.instant());
        jdbc.sql("UPDATE marketing_trigger SET is_active = ?, active_since = ?, active_from = " + NEWEST_EVENT + ", swept_until = NULL, updated_at = ? WHERE key = ? AND is_active <> ?")
                .param(active).param(now).param(now).param(require(key).key()).param(active).update();
        return require(key);
    }

    /** Its log goes with it; what it sent stays in the ledger. @throws Problem not found */
    void delete(String key) {
        jdbc.sql("DELETE FROM marketing_trigger WHERE id = ?").param(require(key).id()).update();
    }

    void swept(long id, Instant until) {
        jdbc.sql("UPDATE marketing_trigger SET swept_until = ? WHERE id = ?").param(Timestamp.from(until)).param(id).update();
    }

    /** A new secret, that from now on signs what its webhook is told. It isn't shown again. @throws Problem not found */
    String newSecret(String key) {
        byte[] fresh = new byte[SECRET_BYTES];
        random.nextBytes(fresh);
        String secret = "whsec_" + Base64.getEncoder().encodeToString(fresh);
        jdbc.sql("UPDATE marketing_trigger SET webhook_secret = ? WHERE id = ?").param(secret).param(require(key).id()).update();
        return secret;
    }

    boolean hasSecret(long id) {
        return jdbc.sql("SELECT webhook_secret IS NOT NULL FROM marketing_trigger WHERE id = ?").param(id).query(Boolean.class).single();
    }

    Optional<String> secret(long id) {
        return jdbc.sql("SELECT webhook_secret FROM marketing_trigger WHERE id = ? AND webhook_secret IS NOT NULL").param(id).query(String.class).optional();
    }
}
