package dev.drover.experiment;

import dev.drover.kernel.Problem;
import dev.drover.kernel.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Who gets which variant, worked out from the customer's external id and the experiment's key alone: the same after every restart and on every machine,
 * independent between experiments. {@code experiment_point} and {@code experiment_variant} in the database give the same answers to many at once.
 *
 * @param key       the experiment's, such as {@code campaign:42}
 * @param testShare of everybody who takes part, above 0 to 1; the rest gets no variant (yet). It may grow: whoever was in stays in, with the same variant
 * @param variants  in the order of their names
 * @param bounds    where on [0, 1) each variant begins; the first at 0
 */
public record Assignment(String key, double testShare, List<String> variants, List<Double> bounds) {

    /** Apart from the variants' own points, so that who takes part says nothing of who gets what. */
    private static final String TAKES_PART = "/takes part";

    /**
     * @param weights by variant: 0 or more, of any sum above 0
     * @throws Problem rejected for weights that are none, at the field {@code shares}
     */
    public static Assignment of(String key, Map<String, Double> weights) {
        return of(key, weights, 1);
    }

    public static Assignment of(String key, Map<String, Double> weights, double testShare) {
        var ordered = new TreeMap<>(weights);
        double sum = 0;
        for (var one : ordered.entrySet()) {
            if (!(one.getValue() >= 0) || Double.isInfinite(one.getValue())) {
                throw Problem.invalid("shares", "'" + one.getValue() + "' is no share: use a number of 0 or more.");
            }
            sum += one.getValue();
        }
        if (!(sum > 0) || Double.isInfinite(sum)) {
            throw Problem.invalid("shares", "The shares of a split are weights, such as {A: 50, B: 50}.");
        }
        if (!(testShare > 0 && testShare <= 1)) {
            throw Problem.invalid("testShare", "The test's share is above 0 and at most 1.");
        }
        var bounds = new ArrayList<Double>();
        double before = 0;
        for (double weight : ordered.values()) {
            bounds.add(before / sum);
            before += weight;
        }
        return new Assignment(key, testShare, List.copyOf(ordered.keySet()), List.copyOf(bounds));
    }

    /** What each variant is meant to get, in their order; they add up to 1. */
    public List<Double> shares() {
        return IntStream.range(0, bounds.size()).mapToObj(n -> (n + 1 < bounds.size() ? bounds.get(n + 1) : 1) - bounds.get(n)).toList();
    }

    /** @param customer external id @return empty: doesn't take part in the test */
    public Optional<String> variantOf(String customer) {
        return testShare < 1 && point(key + TAKES_PART, customer) >= testShare ? Optional.empty() : Optional.of(variants.get(indexOf(point(key, customer))));
    }

    /** The last variant that begins at or before the point: one of weight 0 begins where the next does, and is never reached. */
    private int indexOf(double point) {
        int index = 0;
        while (index + 1 < bounds.size() && bounds.get(index + 1) <= point) {
            index++;
        }
        return index;
    }

    /**
     * Evenly spread over [0, 1): the first 53 bits of SHA-256 of key, line feed and id in UTF-8, as a share.
     *
     * @param customer external id
     */
    public static double point(String key, String customer) {
        return (ByteBuffer.wrap(Sha256.of(key + "\n" + customer)).getLong() >>> 11) * 0x1.0p-53;
    }

    /**
     * The same in SQL, for many at once.
     *
     * @param customer an SQL expression of the external id, such as {@code c.external_id}; written by us, never typed in
     * @return an expression that is the variant, or null for whoever doesn't take part; it takes {@link #parameters}
     */
    public static String sql(String customer) {
        return "experiment_variant(:experimentKey, " + customer + ", :experimentShare, :experimentVariants, :experimentBounds)";
    }

    /** What {@link #sql} takes. */
    public Map<String, Object> parameters() {
        return Map.of("experimentKey", key, "experimentShare", testShare, "experimentVariants", variants.toArray(String[]::new), "experimentBounds", bounds.toArray(Double[]::new));
    }
}
