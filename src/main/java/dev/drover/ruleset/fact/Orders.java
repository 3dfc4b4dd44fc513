package dev.drover.ruleset.fact;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A customer's orders, summed up. Money in the shop's currency; cancellations lower the revenue and are no orders. */
public final class Orders {

    private final int count;
    private final double revenue;
    private final long firstAt;
    private final long lastAt;
    private final Purchases purchases;
    private final Categories categories;
    private final long now;

    /** @param purchases and {@code categories} may be left out ({@code NONE}) where no rule asks for them */
    public Orders(int count, double revenue, long firstAt, long lastAt, Purchases purchases, Categories categories, long now) {
        this.count = count;
        this.revenue = revenue;
        this.firstAt = firstAt;
        this.lastAt = lastAt;
        this.purchases = purchases;
        this.categories = categories;
        this.now = now;
    }

    public Orders(int count, BigDecimal revenue, @Nullable Instant firstAt, @Nullable Instant lastAt, Instant now) {
        this(count, revenue.doubleValue(), Moments.of(firstAt), Moments.of(lastAt), Purchases.NONE, Categories.NONE, now.toEpochMilli());
    }

    public static Orders none(Instant now) {
        return new Orders(0, BigDecimal.ZERO, null, null, now);
    }

    public int getCount() {
        return count;
    }

    public double getRevenue() {
        return revenue;
    }

    /** Revenue by order, to the cent; 0 without an order. */
    public double getAverage() {
        // From whole cents, for a revenue is a fraction that no double holds exactly: 159.99 of two orders is 80.00 apiece.
        return count == 0 ? 0 : Math.round(Math.round(revenue * 100) / (double) count) / 100d;
    }

    /** The day of the first order, UTC; {@code null}: never ordered. */
    public @Nullable LocalDate getFirstOn() {
        return Moments.day(firstAt);
    }

    public @Nullable LocalDate getLastOn() {
        return Moments.day(lastAt);
    }

    public double getDaysSinceFirst() {
        return Moments.daysBetween(firstAt, now);
    }

    public double getDaysSinceLast() {
        return Moments.daysBetween(lastAt, now);
    }

    /** Days that lie between two orders of theirs, on the average; infinite with fewer than two. */
    public double getUsualInterval() {
        return count < 2 || firstAt == Moments.NEVER ? Double.POSITIVE_INFINITY : (lastAt - firstAt) / (count - 1d) / Moments.DAY;
    }

    /** Days since the next order was due by the customer's usual interval; negative: it is yet to come; infinite with fewer than two orders. */
    public double getDaysSinceDue() {
        return Moments.daysBetween(dueAt(), now);
    }

    /** Whether the first order was on or after this ISO date (UTC); false without an order. */
    public boolean firstSince(String date) {
        return firstAt != Moments.NEVER && firstAt >= Moments.parse(date);
    }

    public boolean firstBefore(String date) {
        return firstAt != Moments.NEVER && firstAt < Moments.parse(date);
    }

    /** Whether the last order was on or after this ISO date (UTC); false without an order. */
    public boolean lastSince(String date) {
        return lastAt != Moments.NEVER && lastAt >= Moments.parse(date);
    }

    public boolean lastBefore(String date) {
        return lastAt != Moments.NEVER && lastAt < Moments.parse(date);
    }

    /** Orders within the last so many times 24 hours. */
    public int countWithin(int days) {
        return purchases.countSince(now - days * Moments.DAY);
    }

    /** Revenue within the last so many times 24 hours, cancellations of that time taken off. */
    public double revenueWithin(int days) {
        return purchases.revenueSince(now - days * Moments.DAY);
    }

    /** Orders with something of this category in it. */
    public int countOf(String category) {
        int at = categories.find(category);
        return at < 0 ? 0 : categories.orders()[at];
    }

    public double revenueOf(String category) {
        int at = categories.find(category);
        return at < 0 ? 0 : categories.cents()[at] / 100d;
    }

    public double daysSinceLastOf(String category) {
        return Moments.daysBetween(lastAtOf(category), now);
    }

    /** For working out when time alone changes a decision; not for rules. */
    public long firstAt() {
        return firstAt;
    }

    public long lastAt() {
        return lastAt;
    }

    /** When the next order is due by the usual interval. */
    public long dueAt() {
        return count < 2 || firstAt == Moments.NEVER ? Moments.NEVER : lastAt + (lastAt - firstAt) / (count - 1);
    }

    public long lastAtOf(String category) {
        int at = categories.find(category);
        return at < 0 ? Moments.NEVER : categories.lastAt()[at];
    }

    public Purchases purchases() {
        return purchases;
    }
}
