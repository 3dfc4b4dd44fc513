package dev.drover.ruleset.fact;

/**
 * What a customer bought of each category, as arrays of one length.
 *
 * @param names  of categories, as the products have them
 * @param orders in how many orders
 * @param cents  revenue in hundredths, cancellations taken off
 * @param lastAt of the last order with it, see {@link Moments}
 */
public record Categories(String[] names, int[] orders, long[] cents, long[] lastAt) {

    public static final Categories NONE = new Categories(new String[0], new int[0], new long[0], new long[0]);

    /** @return its place, -1: never bought */
    int find(String category) {
        for (int n = 0; n < names.length; n++) {
            if (names[n].equals(category)) {
                return n;
            }
        }
        return -1;
    }
}
