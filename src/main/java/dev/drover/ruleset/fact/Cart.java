package dev.drover.ruleset.fact;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A customer's open cart; all zero where there is none. */
public final class Cart {

    private final double total;
    private final int itemCount;
    private final double daysSinceChange;

    public Cart(BigDecimal total, int itemCount, @Nullable Instant changedAt, Instant now) {
        this.total = total.doubleValue();
        this.itemCount = itemCount;
        this.daysSinceChange = Customer.days(changedAt, now);
    }

    public double getTotal() {
        return total;
    }

    public int getItemCount() {
        return itemCount;
    }

    public double getDaysSinceChange() {
        return daysSinceChange;
    }
}
