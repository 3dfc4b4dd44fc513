package dev.drover.cart;

import dev.drover.kernel.Checks;
import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.template.Templates;
import dev.drover.web.AuditLog;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Where recovery sequences are made and changed. What runs keeps the steps it was given. */
@Component
class SequenceDesk {

    private final JdbcClient jdbc;
    private final Templates templates;
    private final AuditLog audit;
    private final PlatformClock clock;

    SequenceDesk(JdbcClient jdbc, Templates templates, AuditLog audit, PlatformClock clock) {
        this.jdbc = jdbc;
        this.templates = templates;
        this.audit = audit;
        this.clock = clock;
    }

    /** In the order in which a cart tries them: see {@link RecoverySequences}. */
    List<RecoverySequence> all() {
        return jdbc.sql("SELECT * FROM cart_recovery_sequence ORDER BY " + RecoverySequences.FIRST).query(RecoverySequence.ROW).list();
    }

    /** @throws Problem not found */
    RecoverySequence require(String key) {
        return jdbc.sql("SELECT * FROM cart_recovery_sequence WHERE key = ?").param(key.replace("\0", "")).query(RecoverySequence.ROW).optional()
                .orElseThrow(() -> Problem.notFound("There is no recovery sequence '" + key + "'."));
    }

    /** How many recoveries run by each. */
    Map<String, Long> running() {
        var running = new HashMap<String, Long>();
        jdbc.sql("SELECT sequence, count(*) FROM abandoned_cart WHERE recovery_status IN ('abandoned', 'recovery_started') AND sequence IS NOT NULL GROUP BY sequence").query(row -> {
            running.put(row.getString(1), row.getLong(2));
        });
        return running;
    }

    /** @throws Problem rejected, field by field; conflict when the key is taken */
    @Transactional
    RecoverySequence create(SequenceInput input) {
        var wanted = input.checked(templates, new Checks());
        int made = write("""
                INSERT INTO cart_recovery_sequence (key, name, is_active, is_default, steps, discount_type, discount_value, discount_code_prefix, discount_days,
                       discount_min_value, min_cart_value, exclude_subscriptions, created_at)
                VALUES (:key, :name, :active, false, :steps::jsonb, :kind, :value, :prefix, :days, :minValue, :least, :exclude, :now) ON CONFLICT (key) DO NOTHING""", wanted);
        if (made == 0) {
            throw Problem.conflict("There is a sequence '" + wanted.key() + "' already. Change that one, or choose another key.");
        }
        audit.record("cart-sequence.created", wanted.key(), Map.of("name", wanted.name()));
        return require(wanted.key());
    }

    /** @throws Problem not found; rejected, field by field; conflict when somebody else changed it since, or the default one is to be switched off */
    @Transactional
    RecoverySequence change(SequenceInput input) {
        var before = locked(String.valueOf(input.key()));
        var wanted = input.checked(templates, new Checks());
        if (input.version() != null && input.version() != before.version()) {
            throw Problem.conflict("Somebody else changed this sequence meanwhile: it is at version %d, you began with version %d. Load it anew and change that."
                    .formatted(before.version(), input.version()));
        }
        if (before.standard() && !wanted.active()) {
            throw Problem.invalid("active", "This is the default sequence: make another one the default before you switch it off.");
        }
        write("""
                UPDATE cart_recovery_sequence SET name = :name, is_active = :active, steps = :steps::jsonb, discount_type = :kind, discount_value = :value,
                       discount_code_prefix = :prefix, discount_days = :days, discount_min_value = :minValue, min_cart_value = :least,
                       exclude_subscriptions = :exclude, version = version + 1 WHERE key = :key""", wanted);
        audit.record("cart-sequence.changed", wanted.key(), Map.of("version", before.version() + 1));
        return require(wanted.key());
    }

    /** @throws Problem not found; conflict for one that is switched off */
    @Transactional
    void makeDefault(String key) {
        // One at a time: between taking the mark off and putting it on there must be nobody else.
        jdbc.sql("SELECT key FROM cart_recovery_sequence ORDER BY key FOR UPDATE").query(String.class).list();
        var sequence = require(key);
        if (!sequence.active()) {
            throw Problem.conflict("'" + sequence.name() + "' is switched off: switch it on before you make it the default.");
        }
        jdbc.sql("UPDATE cart_recovery_sequence SET is_default = false WHERE is_default").update();
        jdbc.sql("UPDATE cart_recovery_sequence SET is_default = true, version = version + 1 WHERE key = ?").param(key).update();
        audit.record("cart-sequence.default", key, Map.of());
    }

    /** @throws Problem not found; conflict for the default one */
    @Transactional
    void delete(String key) {
        if (locked(key).standard()) {
            throw Problem.conflict("This is the default sequence: make another one the default before you delete it.");
        }
        jdbc.sql("DELETE FROM cart_recovery_sequence WHERE key = ?").param(key).update();
        audit.record("cart-sequence.deleted", key, Map.of());
    }

    private RecoverySequence locked(String key) {
        jdbc.sql("SELECT key FROM cart_recovery_sequence WHERE key = ? FOR UPDATE").param(key.replace("\0", "")).query(String.class).optional();
        return require(key);
    }

    private int write(String sql, RecoverySequence wanted) {
        var offer = wanted.discount();
        var statement = jdbc.sql(sql).param("key", wanted.key()).param("name", wanted.name()).param("active", wanted.active()).param("steps", Json.write(wanted.steps()))
                .param("kind", offer == null ? null : offer.kind()).param("value", offer == null ? null : offer.value()).param("prefix", offer == null ? null : offer.prefix())
                .param("days", offer == null ? null : offer.days()).param("minValue", offer == null ? null : offer.minValue())
                .param("least", wanted.leastValue()).param("exclude", wanted.excludeSubscriptions());
        return (sql.contains(":now") ? statement.param("now", Timestamp.from(clock.instant())) : statement).update();
    }
}
