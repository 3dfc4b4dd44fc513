package dev.drover.ruleset.fact;

/**
 * Each order and cancellation of a customer, oldest first, as arrays of one length.
 *
 * @param at    when, see {@link Moments}
 * @param cents its total in hundredths; a cancellation's is negative
 * @param order {@code false}: a cancellation, which is no order but lowers the revenue
 */
public record Purchases(long[] at, long[] cents, boolean[] order) {

    public static final Purchases NONE = new Purchases(new long[0], new long[0], new boolean[0]);

    int countSince(long moment) {
        int count = 0;
        for (int n = at.length - 1; n >= 0 && at[n] >= moment; n--) {
            count += order[n] ? 1 : 0;
        }
        return count;
    }

    double revenueSince(long moment) {
        long sum = 0;
        for (int n = at.length - 1; n >= 0 && at[n] >= moment; n--) {
            sum += cents[n];
        }
        return sum / 100d;
    }
}
