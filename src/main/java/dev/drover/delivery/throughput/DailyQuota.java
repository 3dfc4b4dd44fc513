package dev.drover.delivery.throughput;

import dev.drover.kernel.Channel;
import org.jspecify.annotations.Nullable;
import org.springframework.modulith.NamedInterface;

/**
 * How much a provider may send on a day, UTC.
 *
 * @param weight     its share beside the others of its channel; 0: only when they can't
 * @param preference among those without a share the most preferred stands in first
 * @param most       {@code null}: as much as there is
 * @param warming    its warm-up is what limits, not its quota
 */
@NamedInterface("quotas")
public record DailyQuota(String provider, String label, Channel channel, int weight, int preference, @Nullable Integer most, boolean warming) {}
