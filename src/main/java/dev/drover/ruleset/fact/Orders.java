package dev.drover.ruleset.fact;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A customer's orders, summed up. Money in the shop's currency; cancellations lower the revenue and are no orders. */
public final class Orders {

    private final int count;
    private final double revenue;
    private final double average;
    private final @Nullable LocalDate firstOn;
    private final @Nullable LocalDate lastOn;
    private final double daysSinceFirst;
    private final double daysSinceLast;

    public Orders(int count, BigDecimal revenue, BigDecimal average, @Nullable Instant firstAt, @Nullable Instant lastAt, Instant now) {
        this.count = count;
        this.revenue = revenue.doubleValue();
        this.average = average.doubleValue();
        this.firstOn = firstAt == null ? null : LocalDate.ofInstant(firstAt, ZoneOffset.UTC);
        this.lastOn = lastAt == null ? null : LocalDate.ofInstant(lastAt, ZoneOffset.UTC);
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

    /** The day of the first order, UTC; {@code null}: never ordered. */
    public @Nullable LocalDate getFirstOn() {
        return firstOn;
    }

    public @Nullable LocalDate getLastOn() {
        return lastOn;
    }

    public double getDaysSinceFirst() {
        return daysSinceFirst;
    }

    public double getDaysSinceLast() {
        return daysSinceLast;
    }
}
