package dev.drover.cart;

import dev.drover.audience.OrderTotals;
import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
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

/** When a recovery writes, by which channel and with what (the reference's {@code cart_recovery_sequence}). */
@Component
public class RecoverySequences {

    /** @param delayMinutes from the cart's last change */
    record Step(int delayMinutes, String channel, String template, @Nullable Boolean includeDiscount) {}

    record Sequence(String key, List<Step> steps, @Nullable String discountType, @Nullable BigDecimal discountValue, @Nullable String discountPrefix,
            int discountDays, @Nullable BigDecimal leastValue) {}

    private record Left(long id, long customerId, Instant cartUpdatedAt, Instant startedAt) {}

    private final JdbcClient jdbc;
    private final OrderTotals orders;
    private final PlatformClock clock;

    RecoverySequences(JdbcClient jdbc, OrderTotals orders, PlatformClock clock) {
        this.jdbc = jdbc;
        this.orders = orders;
        this.clock = clock;
    }

    Sequence standard() {
        return jdbc.sql("SELECT * FROM cart_recovery_sequence WHERE is_default").query((row, n) -> sequence(row)).single();
    }

    private Sequence byKey(String key) {
        return jdbc.sql("SELECT * FROM cart_recovery_sequence WHERE key = ? AND is_active").param(key).query((row, n) -> sequence(row)).optional()
                .orElseThrow(() -> Problem.invalid("sequence", "There is no active recovery sequence '" + key + "'."));
    }

    /**
     * Begins the recovery of a cart. Repeated, it answers the same.
     *
     * @param key {@code null}: the default sequence
     * @return steps {@code {at, channel, template, includeDiscount, discount?}}, {@code at} as ISO instant: the delay counted from the cart's last change. Where that
     *         is past already, because the platform was down, all steps move by as much, so that they don't come all at once. Empty where nothing is to be recovered any more
     */
    @Transactional
    public List<Map<String, Object>> begin(String cartId, @Nullable String key) {
        var sequence = key == null || key.isBlank() ? standard() : byKey(key);
        var left = start(cartId);
        if (left.isEmpty() || sequence.steps().isEmpty() || orderedSince(left.get())) {
            return List.of();
        }
        var first = left.get().cartUpdatedAt().plus(Duration.ofMinutes(sequence.steps().getFirst().delayMinutes()));
        var late = Duration.between(first, left.get().startedAt());
        var base = left.get().cartUpdatedAt().plus(late.isNegative() ? Duration.ZERO : late);
        var steps = new ArrayList<Map<String, Object>>();
        for (Step step : sequence.steps()) {
            var told = new LinkedHashMap<String, Object>();
            told.put("at", base.plus(Duration.ofMinutes(step.delayMinutes())).toString());
            told.put("channel", step.channel());
            told.put("template", step.template());
            boolean discount = Boolean.TRUE.equals(step.includeDiscount()) && sequence.discountType() != null;
            told.put("includeDiscount", discount);
            if (discount) {
                told.put("discount", Map.of("kind", sequence.discountType(), "value", sequence.discountValue(),
                        "prefix", sequence.discountPrefix() == null ? "" : sequence.discountPrefix(), "expiresIn", "P" + sequence.discountDays() + "D"));
            }
            steps.add(told);
        }
        return steps;
    }

    private Optional<Left> start(String cartId) {
        return jdbc.sql("""
                UPDATE abandoned_cart SET recovery_status = 'recovery_started', recovery_started_at = coalesce(recovery_started_at, :now)
                 WHERE id = (SELECT a.id FROM abandoned_cart a JOIN cart c ON c.id = a.cart_id
                              WHERE c.cart_id = :cart AND a.recovery_status IN ('abandoned', 'recovery_started') ORDER BY a.id DESC LIMIT 1)
                   AND customer_id IS NOT NULL AND recovery_status IN ('abandoned', 'recovery_started')
                RETURNING id, customer_id, cart_updated_at, recovery_started_at""")
                .param("now", Timestamp.from(clock.instant())).param("cart", cartId)
                .query((row, n) -> new Left(row.getLong(1), row.getLong(2), row.getTimestamp(3).toInstant(), row.getTimestamp(4).toInstant())).optional();
    }

    /** The order may be written and its event not yet read. */
    private boolean orderedSince(Left left) {
        var last = orders.of(left.customerId()).lastAt();
        return last != null && last.isAfter(left.cartUpdatedAt());
    }

    private static Sequence sequence(ResultSet row) throws SQLException {
        return new Sequence(row.getString("key"), List.of(Json.read(row.getString("steps"), Step[].class)), row.getString("discount_type"),
                row.getBigDecimal("discount_value"), row.getString("discount_code_prefix"), row.getInt("discount_days"), row.getBigDecimal("min_cart_value"));
    }
}
