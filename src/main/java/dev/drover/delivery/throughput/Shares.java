package dev.drover.delivery.throughput;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whose turn it is, by weight: over any stretch each gets its share, and they alternate rather than follow each other in blocks (smooth weighted
 * round robin). Not thread-safe.
 */
final class Shares {

    private final Map<String, Integer> current = new HashMap<>();

    record Contender(String name, int weight, int preference) {}

    /** @param contenders at least one; those of no weight are asked only where there is no other, the most preferred first */
    Contender next(List<Contender> contenders) {
        Contender best = contenders.getFirst();
        int total = 0;
        for (Contender one : contenders) {
            total += one.weight();
        }
        if (total == 0) {
            for (Contender one : contenders) {
                best = one.preference() > best.preference() ? one : best;
            }
            return best;
        }
        int most = Integer.MIN_VALUE;
        for (Contender one : contenders) {
            if (one.weight() > 0) {
                int now = current.merge(one.name(), one.weight(), Integer::sum);
                if (now > most) {
                    most = now;
                    best = one;
                }
            }
        }
        current.merge(best.name(), -total, Integer::sum);
        return best;
    }
}
