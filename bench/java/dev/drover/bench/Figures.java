package dev.drover.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** Percentiles of durations in milliseconds. */
record Figures(String what, double[] sorted) {

    static Figures of(String what, Collection<Double> millis) {
        double[] sorted = millis.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Figures(what, sorted);
    }

    double percentile(double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%-46s n=%-6d p50 %8.1f ms   p95 %8.1f ms   p99 %8.1f ms   max %8.1f ms",
                what, sorted.length, percentile(0.50), percentile(0.95), percentile(0.99), percentile(1));
    }
}
