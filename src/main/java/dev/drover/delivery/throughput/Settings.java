package dev.drover.delivery.throughput;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a provider.
 *
 * @param weight    its share beside the others of its channel; 0: only when they can't
 * @param perSecond of each instance; {@code null}: as fast as it goes
 * @param perDay    of all instances; {@code null}: no quota
 * @param domains   by domain, in lower case
 */
record Settings(boolean enabled, int weight, @Nullable BigDecimal perSecond, @Nullable Integer perDay, @Nullable WarmUp warmUp, Map<String, DomainLimit> domains) {

    static final int FULL_WEIGHT = 100;
    private static final int USUAL_PER_DAY = 100_000;

    /** @param warming the plan is what limits, not the quota */
    record DayLimit(int most, boolean warming) {}

    /** As long as nobody has said anything else. */
    static Settings usual(String provider, boolean mostPreferred) {
        return new Settings(true, mostPreferred ? FULL_WEIGHT : 0, null, provider.equals(Line.CAPTURE) ? null : USUAL_PER_DAY, null, Map.of());
    }

    @Nullable DayLimit limit(LocalDate day) {
        Integer planned = warmUp == null ? null : warmUp.on(day);
        if (planned != null && (perDay == null || planned < perDay)) {
            return new DayLimit(planned, true);
        }
        return perDay == null ? null : new DayLimit(perDay, false);
    }
}
