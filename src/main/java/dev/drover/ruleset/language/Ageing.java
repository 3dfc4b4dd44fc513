package dev.drover.ruleset.language;

import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.fact.Moments;
import java.util.function.LongUnaryOperator;

/**
 * How a term changes by time alone.
 *
 * @param window whether the days of its boundaries are its own argument ({@code countWithin(30)}) rather than what it is compared with
 * @param next   when
 */
public record Ageing(boolean window, Next next) {

    /** Some moment after the customer's now, not later than the first at which the boundary is passed; {@link #NEVER}: time changes nothing. */
    @FunctionalInterface
    public interface Next {

        long after(Customer customer, String argument, double days);
    }

    @FunctionalInterface
    interface MomentOf {

        long of(Customer customer, String argument);
    }

    @FunctionalInterface
    interface MomentsOf {

        long[] of(Customer customer, String argument);
    }

    public static final long NEVER = Long.MAX_VALUE;

    /** Beyond this sums of moments and days could overflow; nobody's clock gets there. */
    private static final double FARTHEST = 4e18;

    /** Days since a moment. It is below, at or above the boundary; the moment it turns from one to another counts. */
    static Ageing since(MomentOf moment) {
        return new Ageing(false, (customer, argument, days) -> {
            long since = moment.of(customer, argument);
            double exact = since + days * Moments.DAY;
            if (since == Moments.NEVER || Math.abs(exact) > FARTHEST || exact < customer.now() - 2d) {
                return NEVER;
            }
            // Days are fractions that round, so the turn is looked for by the same division that the fact makes, a millisecond at a time.
            int before = side(since, customer.now(), days);
            for (long at = Math.max(customer.now() + 1, (long) exact - 2); at <= (long) exact + 3; at++) {
                if (side(since, at, days) != before) {
                    return at;
                }
            }
            return NEVER;
        });
    }

    private static int side(long since, long now, double days) {
        return Double.compare((now - since) / (double) Moments.DAY, days);
    }

    /** Moments that count for so many times 24 hours. */
    static Ageing window(MomentsOf moments) {
        return new Ageing(true, (customer, argument, days) -> first(customer, moments.of(customer, argument), at -> at + (long) days * Moments.DAY + 1));
    }

    /** Days (since 1970, UTC) that count for so many days, their own being one of them. */
    static Ageing dayWindow(MomentsOf days) {
        return new Ageing(true, (customer, argument, most) -> first(customer, days.of(customer, argument), day -> (day + (long) most) * Moments.DAY));
    }

    private static long first(Customer customer, long[] moments, LongUnaryOperator leaves) {
        long first = NEVER;
        for (long moment : moments) {
            long at = leaves.applyAsLong(moment);
            if (at > customer.now() && at < first) {
                first = at;
            }
        }
        return first;
    }

    /** Whole days to the birthday: one less each midnight (UTC), and a year's worth after the day itself. */
    static Ageing birthday() {
        return new Ageing(false, (customer, argument, days) -> {
            double left = customer.getDaysToBirthday();
            if (Double.isInfinite(left)) {
                return NEVER;
            }
            long toIt = (long) left;
            long midnights = days >= 0 && toIt > days ? toIt - (long) Math.floor(days) : toIt == days ? 1 : toIt + 1;
            return (Math.floorDiv(customer.now(), Moments.DAY) + midnights) * Moments.DAY;
        });
    }
}
