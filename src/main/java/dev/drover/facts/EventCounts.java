package dev.drover.facts;

import dev.drover.ruleset.fact.Events;
import dev.drover.ruleset.fact.Moments;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads how often events happened. */
@Component
class EventCounts {

    private static final class Growing {
        private long[] days = new long[4];
        private int[] counts = new int[4];
        private long last = Moments.NEVER;
        private int length;

        void add(long day, int count, long at) {
            if (length == days.length) {
                days = Arrays.copyOf(days, length * 2);
                counts = Arrays.copyOf(counts, length * 2);
            }
            days[length] = day;
            counts[length++] = count;
            last = Math.max(last, at);
        }

        Events.Days done() {
            return new Events.Days(Arrays.copyOf(days, length), Arrays.copyOf(counts, length), last);
        }
    }

    private final JdbcTemplate jdbc;

    EventCounts(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    static String sql(Whom whom) {
        return "SELECT customer_id, name, day, count, timestamptz_send(last_at) FROM customer_event WHERE " + whom.in("customer_id")
                + " AND name = ANY(?) ORDER BY customer_id, name, day";
    }

    /** By customer and name; who did none of it is left out. */
    Map<Long, Map<String, Events.Days>> of(Whom whom, Set<String> names) {
        if (names.isEmpty()) {
            return Map.of();
        }
        var growing = new HashMap<Long, Map<String, Growing>>();
        jdbc.query(connection -> {
            var statement = connection.prepareStatement(sql(whom));
            statement.setArray(whom.bind(statement, 1), connection.createArrayOf("text", names.toArray()));
            return statement;
        }, row -> {
            growing.computeIfAbsent(row.getLong(1), customer -> new HashMap<>()).computeIfAbsent(row.getString(2), name -> new Growing())
                    .add(row.getInt(3), row.getInt(4), Packed.moment(row.getBytes(5)));
        });
        var counted = new HashMap<Long, Map<String, Events.Days>>(growing.size() * 2);
        growing.forEach((customer, byName) -> {
            var days = new HashMap<String, Events.Days>();
            byName.forEach((name, one) -> days.put(name, one.done()));
            counted.put(customer, days);
        });
        return counted;
    }
}
