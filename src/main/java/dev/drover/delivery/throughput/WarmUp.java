package dev.drover.delivery.throughput;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much a new sender may send on each of its first days, so that mailbox providers get to know it.
 *
 * @param start  the first day, UTC; before it the first day's limit holds
 * @param limits of the first days
 * @param growth after the last of them each day's limit is the day's before times this; {@code null}: the plan ends with the list
 */
record WarmUp(LocalDate start, List<Integer> limits, @Nullable BigDecimal growth) {

    private static final int BEYOND_ALL = 1_000_000_000;

    /** The first day is 1. */
    long dayNumber(LocalDate day) {
        return Math.max(1, ChronoUnit.DAYS.between(start, day) + 1);
    }

    /** @return {@code null} when the plan is over */
    @Nullable Integer on(LocalDate day) {
        long number = dayNumber(day);
        if (number <= limits.size()) {
            return limits.get((int) number - 1);
        }
        if (growth == null) {
            return null;
        }
        double grown = limits.getLast() * Math.pow(growth.doubleValue(), number - limits.size());
        return grown >= BEYOND_ALL ? null : (int) Math.floor(grown);
    }
}
