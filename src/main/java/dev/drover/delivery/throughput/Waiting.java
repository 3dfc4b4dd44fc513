package dev.drover.delivery.throughput;

import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Messages that wait for room: let go again when there is some sooner than they were told. */
@Component
class Waiting {

    /** Begins the rule of each message that waits for room; no rule in a file is named so. */
    static final String RULE = "throughput.";
    static final String DAY = RULE + "day";
    static final String BREAKER = RULE + "breaker";
    static final String TURN = RULE + "turn";
    private static final int AT_ONCE = 5_000;

    private final JdbcClient jdbc;
    private final PlatformClock clock;
    private final Map<Channel, Integer> toFree = new ConcurrentHashMap<>();

    Waiting(JdbcClient jdbc, PlatformClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** All of them, a little later. */
    void freeSoon(Collection<Channel> channels) {
        channels.forEach(channel -> toFree.put(channel, Integer.MAX_VALUE));
    }

    /** As many of them, since so many places were given back. */
    void freeSoon(Collection<Channel> channels, int most) {
        channels.forEach(channel -> toFree.merge(channel, most, (one, other) -> (int) Math.min(Integer.MAX_VALUE, (long) one + other)));
    }

    /** Whatever finds no room then waits again. */
    void free() {
        for (Channel channel : Map.copyOf(toFree).keySet()) {
            Integer most = toFree.remove(channel);
            int freed = most == null ? 0 : free(channel, Math.min(most, AT_ONCE));
            if (most != null && freed == AT_ONCE && most > freed) {
                freeSoon(List.of(channel), most == Integer.MAX_VALUE ? most : most - freed);
            }
        }
    }

    private int free(Channel channel, int most) {
        return jdbc.sql("""
                UPDATE message SET not_before = :now
                 WHERE id IN (SELECT id FROM message WHERE status = 'deferred' AND rule LIKE 'throughput.%' AND channel = :channel AND not_before > :now
                               ORDER BY not_before, id LIMIT :most FOR UPDATE SKIP LOCKED)""")
                .param("now", Timestamp.from(clock.instant())).param("channel", channel.key()).param("most", most).update();
    }
}
