package dev.drover.cart;

import dev.drover.audience.OrderTotals;
import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which sequence a cart is given, and how its recovery begins. Of the active ones whose conditions hold it takes the one that asks for the highest cart value;
 * of equals the default one, then by key.
 */
@Component
public class RecoverySequences {

    static final String FIRST = "is_active DESC, coalesce(min_cart_value, 0) DESC, is_default DESC, key";

    private record Left(long id, long customerId, Instant cartUpdatedAt, Instant startedAt, @Nullable String sequence, @Nullable String plan) {}

    private final JdbcClient jdbc;
    private final OrderTotals orders;
    private final PlatformClock clock;

    RecoverySequences(JdbcClient jdbc, OrderTotals orders, PlatformClock clock) {
        this.jdbc = jdbc;
        this.orders = orders;
        this.clock = clock;
    }

    /** Those that are switched on, in the order in which a cart tries them. */
    List<RecoverySequence> active() {
        return jdbc.sql("SELECT * FROM cart_recovery_sequence WHERE is_active ORDER BY " + FIRST).query(RecoverySequence.ROW).list();
    }

    private Optional<RecoverySequence> find(String key) {
        return jdbc.sql("SELECT * FROM cart_recovery_sequence WHERE key = ? AND is_active").param(key).query(RecoverySequence.ROW).optional();
    }

    private RecoverySequence standard() {
        return jdbc.sql("SELECT * FROM cart_recovery_sequence WHERE is_default").query(RecoverySequence.ROW).single();
    }

    /** What the journey says, otherwise what the cart was given when it was found; the default one where that is gone meanwhile. */
    private RecoverySequence sequenceOf(Left left, @Nullable String key) {
        if (key != null && !key.isBlank()) {
            return find(key).orElseThrow(() -> Problem.invalid("sequence", "There is no active recovery sequence '" + key + "'."));
        }
        return Optional.ofNullable(left.sequence()).flatMap(this::find).orElseGet(this::standard);
    }

    /**
     * Begins the recovery of a cart. Repeated, it answers the same, whatever became of the sequence since.
     *
     * @param key {@code null}: the sequence the cart was given
     * @return steps {@code {at, channel, template, includeDiscount, discount?}}, {@code at} as ISO instant: the delay counted from the cart's last change. Where that
     *         is past already, because the platform was down, all steps move by as much, so that they don't come all at once. Empty where nothing is to be recovered any more
     */
    @Transactional
    public List<Map<String, Object>> begin(String cartId, @Nullable String key) {
        var left = start(cartId);
        if (left.isEmpty() || orderedSince(left.get())) {
            return List.of();
        }
        if (left.get().plan() != null) {
            return plan(left.get().plan());
        }
        var sequence = sequenceOf(left.get(), key);
        var first = left.get().cartUpdatedAt().plus(Duration.ofMinutes(sequence.steps().getFirst().delayMinutes()));
        var late = Duration.between(first, left.get().startedAt());
        var base = left.get().cartUpdatedAt().plus(late.isNegative() ? Duration.ZERO : late);
        var steps = new ArrayList<Map<String, Object>>();
        for (RecoverySequence.Step step : sequence.steps()) {
            var told = new LinkedHashMap<String, Object>();
            told.put("at", base.plus(Duration.ofMinutes(step.delayMinutes())).toString());
            told.put("channel", step.channel());
            told.put("template", step.template());
            var offer = step.discounted() ? sequence.discount() : null;
            told.put("includeDiscount", offer != null);
            if (offer != null) {
                told.put("discount", discount(offer));
            }
            steps.add(told);
        }
        jdbc.sql("UPDATE abandoned_cart SET sequence = ?, plan = ?::jsonb WHERE id = ?").param(sequence.key()).param(Json.write(steps)).param(left.get().id()).update();
        return steps;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> plan(String json) {
        return List.of((Map<String, Object>[]) Json.read(json, Map[].class));
    }

    private static Map<String, Object> discount(RecoverySequence.Offer offer) {
        var told = new LinkedHashMap<String, Object>();
        told.put("kind", offer.kind());
        told.put("value", offer.value());
        told.put("prefix", offer.prefix());
        told.put("expiresIn", "P" + offer.days() + "D");
        if (offer.minValue() != null) {
            told.put("minValue", offer.minValue());
        }
        return told;
    }

    private Optional<Left> start(String cartId) {
        return jdbc.sql("""
                UPDATE abandoned_cart SET recovery_status = 'recovery_started', recovery_started_at = coalesce(recovery_started_at, :now)
                 WHERE id = (SELECT a.id FROM abandoned_cart a JOIN cart c ON c.id = a.cart_id
                              WHERE c.cart_id = :cart AND a.recovery_status IN ('abandoned', 'recovery_started') ORDER BY a.id DESC LIMIT 1)
                   AND customer_id IS NOT NULL AND recovery_status IN ('abandoned', 'recovery_started')
                RETURNING id, customer_id, cart_updated_at, recovery_started_at, sequence, plan""")
                .param("now", Timestamp.from(clock.instant())).param("cart", cartId)
                .query((row, n) -> new Left(row.getLong(1), row.getLong(2), row.getTimestamp(3).toInstant(), row.getTimestamp(4).toInstant(), row.getString(5), row.getString(6))).optional();
    }

    /** The order may be written and its event not yet read. */
    private boolean orderedSince(Left left) {
        var last = orders.of(left.customerId()).lastAt();
        return last != null && last.isAfter(left.cartUpdatedAt());
    }
}
