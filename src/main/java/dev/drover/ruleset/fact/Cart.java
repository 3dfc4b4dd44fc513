package dev.drover.ruleset.fact;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A customer's open cart; all zero where there is none. */
public final class Cart {

    private final double total;
    private final int itemCount;
    private final long changedAt;
    private final long now;

    public Cart(BigDecimal total, int itemCount, @Nullable Instant changedAt, Instant now) {
        this.total = total.doubleValue();
        this.itemCount = itemCount;
        this.changedAt = Moments.of(changedAt);
        this.now = now.toEpochMilli();
    }

    public static Cart none(Instant now) {
        return new Cart(BigDecimal.ZERO, 0, null, now);
    }

    public double getTotal() {
        return total;
    }

    public int getItemCount() {
        return itemCount;
    }

    public double getDaysSinceChange() {
        return Moments.daysBetween(changedAt, now);
    }

    /** For working out when time alone changes a decision; not for rules. */
    public long changedAt() {
        return changedAt;
    }
}
