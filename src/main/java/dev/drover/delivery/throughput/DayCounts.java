package dev.drover.delivery.throughput;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How much of each day is used up, the same for all instances: counted when messages are claimed, a whole claim at a time. */
@Component
class DayCounts {

    private final JdbcClient jdbc;

    DayCounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Map<DayKey, Integer> of(LocalDate day) {
        var found = new HashMap<DayKey, Integer>();
        jdbc.sql("SELECT provider, domain, used FROM provider_day WHERE day = ?").param(day)
                .query(row -> { found.put(new DayKey(row.getString(1), row.getString(2)), row.getInt(3)); });
        return found;
    }

    /** Counts that stay as they are until the caller's transaction ends: what it then adds can't be too much. Others wait that long. */
    Map<DayKey, Integer> locked(LocalDate day, SortedSet<DayKey> keys) {
        // Before anything is held: whoever held some and added others would wait for one who added these and waits for those.
        if (!there(day, keys)) {
            jdbc.sql("""
                    INSERT INTO provider_day (provider, day, domain, used) SELECT provider, ?, domain, 0
                      FROM unnest(?, ?) AS wanted (provider, domain) ORDER BY provider, domain ON CONFLICT DO NOTHING""")
                    .param(day).param(providers(keys)).param(domains(keys)).update();
        }
        return lock(day, keys);
    }

    private boolean there(LocalDate day, SortedSet<DayKey> keys) {
        return jdbc.sql("SELECT count(*) FROM provider_day WHERE day = ? AND (provider, domain) IN (SELECT * FROM unnest(?, ?))")
                .param(day).param(providers(keys)).param(domains(keys)).query(Integer.class).single() == keys.size();
    }

    private Map<DayKey, Integer> lock(LocalDate day, SortedSet<DayKey> keys) {
        var found = new HashMap<DayKey, Integer>();
        // In one order, so that two instances never wait for each other.
        jdbc.sql("""
                SELECT provider, domain, used FROM provider_day
                 WHERE day = ? AND (provider, domain) IN (SELECT * FROM unnest(?, ?)) ORDER BY provider, domain FOR UPDATE""")
                .param(day).param(providers(keys)).param(domains(keys))
                .query(row -> { found.put(new DayKey(row.getString(1), row.getString(2)), row.getInt(3)); });
        return found;
    }

    /** @param more may be less than nothing: what was counted and not sent */
    void add(LocalDate day, Map<DayKey, Integer> more) {
        var sorted = new TreeMap<>(more);
        jdbc.sql("""
                UPDATE provider_day SET used = greatest(0, used + more) FROM unnest(?, ?, ?) AS wanted (its, whose, more)
                 WHERE provider = its AND domain = whose AND day = ?""")
                .param(providers(sorted.keySet())).param(domains(sorted.keySet())).param(sorted.values().toArray(Integer[]::new)).param(day).update();
    }

    private static String[] providers(Collection<DayKey> keys) {
        return keys.stream().map(DayKey::provider).toArray(String[]::new);
    }

    private static String[] domains(Collection<DayKey> keys) {
        return keys.stream().map(DayKey::domain).toArray(String[]::new);
    }
}
