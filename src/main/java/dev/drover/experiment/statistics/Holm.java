package dev.drover.experiment.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Several comparisons at once: p-values so raised that any false alarm among all is as rare as for one (S. Holm, Scandinavian Journal of Statistics 6, 1979). */
public final class Holm {

    private Holm() {}

    /** In the order given. */
    public static double[] adjust(double... pValues) {
        int[] ascending = IntStream.range(0, pValues.length).boxed().sorted(Comparator.comparingDouble(n -> pValues[n])).mapToInt(Integer::intValue).toArray();
        double[] adjusted = new double[pValues.length];
        double least = 0;
        for (int rank = 0; rank < ascending.length; rank++) {
            least = Math.max(least, Math.min(1, (pValues.length - rank) * pValues[ascending[rank]]));
            adjusted[ascending[rank]] = least;
        }
        return adjusted;
    }
}
