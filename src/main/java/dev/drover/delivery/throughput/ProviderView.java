package dev.drover.delivery.throughput;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One provider as people and programs see it.
 *
 * @param channels that it serves now; none where others do
 * @param missing  what to set so that it is configured; {@code null}: it is
 * @param health   {@code healthy}, {@code paused}, {@code off}, {@code left-alone}, {@code trying}, {@code used-up}, {@code unused} or {@code not-configured}
 * @param until    when that ends by itself
 * @param share    in per cent of each of its channels, while all are well
 */
record ProviderView(String name, String label, List<String> channels, @Nullable String missing, String health, @Nullable String why, @Nullable Instant until,
        boolean enabled, int weight, int share, @Nullable BigDecimal perSecond, @Nullable Integer perDay, @Nullable WarmUpView warmUp, List<DomainView> domains, Today today,
        Tally.Hour lastHour, @Nullable Instant pausedAt, @Nullable String pausedBy) {

    record WarmUpView(LocalDate start, List<Integer> limits, @Nullable BigDecimal growth, long day, @Nullable Integer today) {}

    record DomainView(String domain, @Nullable BigDecimal perSecond, @Nullable Integer perDay, int today) {}

    /** @param limit {@code null}: none */
    record Today(int sent, @Nullable Integer limit, boolean warming) {}

    boolean configured() {
        return missing == null;
    }
}
