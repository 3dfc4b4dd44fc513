package dev.drover.calendar;

import dev.drover.delivery.throughput.DailyQuota;
import dev.drover.kernel.Channel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a day's messages of one channel ask of its providers, shared out as they will be: by the weights, what one has no room for to the others, and what those have none
 * for to whoever stands by. Which domains have limits of their own isn't looked at.
 *
 * @param most all of them together; {@code null}: at least one has no limit
 * @param over what is left when all are full: it waits for the next day
 */
record DayLoad(Channel channel, long messages, @Nullable Long most, long over, List<Share> shares) {

    /** @param most of that day; {@code null}: no limit */
    record Share(String provider, String label, long messages, @Nullable Integer most, boolean warming) {

        boolean full() {
            return most != null && messages >= most;
        }
    }

    /** @param quotas of this channel's providers that are switched on */
    static DayLoad of(Channel channel, long messages, List<DailyQuota> quotas) {
        var given = new LinkedHashMap<DailyQuota, Long>();
        quotas.forEach(quota -> given.put(quota, 0L));
        long left = byWeight(messages, given);
        for (DailyQuota standby : quotas.stream().filter(quota -> quota.weight() == 0).sorted(Comparator.comparingInt(DailyQuota::preference).reversed()).toList()) {
            long some = Math.min(left, room(standby, 0));
            given.put(standby, some);
            left -= some;
        }
        boolean limited = quotas.stream().allMatch(quota -> quota.most() != null);
        return new DayLoad(channel, messages, limited ? Long.valueOf(quotas.stream().mapToLong(quota -> quota.most()).sum()) : null, left,
                given.entrySet().stream().map(one -> new Share(one.getKey().provider(), one.getKey().label(), one.getValue(), one.getKey().most(), one.getKey().warming())).toList());
    }

    /** @return how many nobody with a share has room for */
    private static long byWeight(long messages, Map<DailyQuota, Long> given) {
        var open = new ArrayList<>(given.keySet().stream().filter(quota -> quota.weight() > 0).toList());
        long left = messages;
        while (left > 0 && !open.isEmpty()) {
            long weights = open.stream().mapToLong(DailyQuota::weight).sum();
            long round = left;
            for (DailyQuota quota : List.copyOf(open)) {
                // Rounded up, so that the last few don't go round for ever.
                long share = Math.min(left, Math.ceilDiv(round * quota.weight(), weights));
                long some = Math.min(share, room(quota, given.get(quota)));
                given.merge(quota, some, Long::sum);
                left -= some;
                if (some < share || room(quota, given.get(quota)) == 0) {
                    open.remove(quota);
                }
            }
        }
        return left;
    }

    private static long room(DailyQuota quota, long given) {
        return quota.most() == null ? Long.MAX_VALUE : Math.max(0, quota.most() - given);
    }

    /** Whether somebody should look at it. */
    boolean tight() {
        return over > 0;
    }
}
