package dev.drover.cart;

import dev.drover.kernel.Json;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/**
 * When a recovery writes, by which channel and with what (the reference's {@code cart_recovery_sequence}).
 *
 * @param standard             the one that takes carts no other asks for
 * @param discount             what the steps that say so offer; {@code null}: nothing
 * @param leastValue           of the cart, in its currency; {@code null}: any
 * @param excludeSubscriptions leaves out carts with something that is sold, or that this customer has, on subscription
 * @param version              counts changes
 */
record RecoverySequence(String key, String name, boolean active, boolean standard, List<Step> steps, @Nullable Offer discount, @Nullable BigDecimal leastValue,
        boolean excludeSubscriptions, int version) {

    /** @param delayMinutes from the cart's last change */
    record Step(int delayMinutes, String channel, String template, @Nullable Boolean includeDiscount) {

        boolean discounted() {
            return Boolean.TRUE.equals(includeDiscount);
        }
    }

    /**
     * @param kind     {@code percentage} or {@code fixed}
     * @param days     that a code is good for
     * @param minValue the least an order must be worth; {@code null}: anything
     */
    record Offer(String kind, BigDecimal value, String prefix, int days, @Nullable BigDecimal minValue) {}

    static final RowMapper<RecoverySequence> ROW = (row, n) -> new RecoverySequence(row.getString("key"), row.getString("name"), row.getBoolean("is_active"),
            row.getBoolean("is_default"), List.of(Json.read(row.getString("steps"), Step[].class)), offer(row), row.getBigDecimal("min_cart_value"),
            row.getBoolean("exclude_subscriptions"), row.getInt("version"));

    boolean takes(BigDecimal total, boolean subscription) {
        return (leastValue == null || total.compareTo(leastValue) >= 0) && !(excludeSubscriptions && subscription);
    }

    BigDecimal least() {
        return leastValue == null ? BigDecimal.ZERO : leastValue;
    }

    private static @Nullable Offer offer(ResultSet row) throws SQLException {
        String kind = row.getString("discount_type");
        String prefix = row.getString("discount_code_prefix");
        return kind == null ? null : new Offer(kind, row.getBigDecimal("discount_value"), prefix == null ? "" : prefix, row.getInt("discount_days"),
                row.getBigDecimal("discount_min_value"));
    }
}
