package dev.drover.delivery.throughput;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What this process keeps in memory: rates, shares and what the breakers have seen. A rate that is changed begins anew. */
final class Gauges {

    private final Map<DayKey, Bucket> buckets = new HashMap<>();
    private final Map<String, Shares> shares = new HashMap<>();
    private final Map<String, Breaker> breakers = new ConcurrentHashMap<>();

    /** @return {@code null}: no limit */
    @Nullable Bucket bucket(DayKey key, @Nullable BigDecimal perSecond, Instant now) {
        if (perSecond == null) {
            buckets.remove(key);
            return null;
        }
        return buckets.compute(key, (same, bucket) -> bucket == null || bucket.perSecond() != perSecond.doubleValue()
                ? new Bucket(perSecond.doubleValue(), now) : bucket);
    }

    Shares shares(String channel) {
        return shares.computeIfAbsent(channel, key -> new Shares());
    }

    Breaker breaker(String provider) {
        return breakers.computeIfAbsent(provider, key -> new Breaker());
    }
}
