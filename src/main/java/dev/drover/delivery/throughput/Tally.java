package dev.drover.delivery.throughput;

import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What came of handing over, gathered here and written down twice a second: nothing of it costs a statement for each message. */
@Component
class Tally {

    private static final Duration KEPT = Duration.ofDays(2);

    private record Minute(String provider, Instant minute) {}

    private record Day(LocalDate day, DayKey key) {}

    /** What came of it within an hour. */
    record Hour(int taken, int refused, int troubled, int lastMinute) {
        static final Hour QUIET = new Hour(0, 0, 0, 0);
    }

    private final JdbcClient jdbc;
    private final DayCounts counts;
    private final PlatformClock clock;
    private Map<Minute, int[]> minutes = new HashMap<>();
    private Map<Day, Integer> unused = new HashMap<>();

    Tally(JdbcClient jdbc, DayCounts counts, PlatformClock clock) {
        this.jdbc = jdbc;
        this.counts = counts;
        this.clock = clock;
    }

    synchronized void count(String provider, Outcome outcome) {
        int place = switch (outcome) {
            case TAKEN -> 0;
            case REFUSED -> 1;
            case TROUBLE, LIMIT -> 2;
        };
        minutes.computeIfAbsent(new Minute(provider, clock.instant().truncatedTo(ChronoUnit.MINUTES)), key -> new int[3])[place]++;
    }

    /** It was counted for that day, and isn't sent. */
    synchronized void giveBack(LocalDate day, Set<DayKey> keys) {
        keys.forEach(key -> unused.merge(new Day(day, key), 1, Integer::sum));
    }

    /** @return how many places each provider got back */
    Map<String, Integer> write() {
        Map<Minute, int[]> written;
        Map<Day, Integer> back;
        synchronized (this) {
            written = minutes;
            back = unused;
            minutes = new HashMap<>();
            unused = new HashMap<>();
        }
        back.forEach((day, places) -> counts.add(day.day(), Map.of(day.key(), -places)));
        written.forEach((minute, count) -> jdbc.sql("""
                INSERT INTO provider_minute AS here (provider, minute, taken, refused, troubled) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (provider, minute) DO UPDATE SET taken = here.taken + excluded.taken, refused = here.refused + excluded.refused,
                       troubled = here.troubled + excluded.troubled""")
                .param(minute.provider()).param(Timestamp.from(minute.minute())).param(count[0]).param(count[1]).param(count[2]).update());
        return back.entrySet().stream().filter(one -> one.getKey().key().domain().isEmpty())
                .collect(Collectors.toMap(one -> one.getKey().key().provider(), Map.Entry::getValue, Integer::sum));
    }

    Map<String, Hour> lastHour() {
        var now = clock.instant();
        var found = new HashMap<String, Hour>();
        jdbc.sql("""
                SELECT provider, sum(taken), sum(refused), sum(troubled), coalesce(sum(taken) FILTER (WHERE minute > ?), 0)
                  FROM provider_minute WHERE minute > ? AND minute <= ? GROUP BY provider""")
                .param(Timestamp.from(now.minus(Duration.ofMinutes(2)))).param(Timestamp.from(now.minus(Duration.ofHours(1)))).param(Timestamp.from(now))
                .query(row -> { found.put(row.getString(1), new Hour(row.getInt(2), row.getInt(3), row.getInt(4), row.getInt(5))); });
        return found;
    }

    void forgetOld() {
        jdbc.sql("DELETE FROM provider_minute WHERE minute < ?").param(Timestamp.from(clock.instant().minus(KEPT))).update();
    }
}
