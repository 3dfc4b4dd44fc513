package dev.drover.ruleset.fact;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A customer's orders, summed up. Money in the shop's currency; cancellations lower the revenue and are no orders. */
public final class Orders {

    private final int count;
    private final double revenue;
    private final double average;
    private final double daysSinceFirst;
    private final double daysSinceLast;

    public Orders(int count, BigDecimal revenue, BigDecimal average, @Nullable Instant firstAt, @Nullable Instant lastAt, Instant now) {
        this.count = count;
        this.revenue = revenue.doubleValue();
        this.average = average.doubleValue();
        this.daysSinceFirst = Customer.days(firstAt, now);
        this.daysSinceLast = Customer.days(lastAt, now);
    }

    public int getCount() {
        return count;
    }

    public double getRevenue() {
        return revenue;
    }

    public double getAverage() {
        return average;
    }

    public double getDaysSinceFirst() {
        return daysSinceFirst;
    }

    public double getDaysSinceLast() {
        return daysSinceLast;
    }
}
