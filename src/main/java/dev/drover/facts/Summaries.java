package dev.drover.facts;

import dev.drover.eventlog.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes what is summed up, in sets, in the caller's transaction. */
@Component
public class Summaries {

    /** What is no doing of the customer's own, so that nobody was seen by it. The migration has the same words. */
    private static final Pattern UNSEEN = Pattern.compile(
            "^(customer|consent|message)\\.|^cart\\.abandoned$|\\.(sent|delivered|bounced|failed)$|^subscription\\.(renewed|payment_failed)$");

    /** Customers' numbers are locked by blocks, which share this many locks: PostgreSQL has room for some thousands. */
    private static final int LOCKED_TOGETHER = 1_000;
    private static final int LOCKS = 256;
    private static final int FEW = 200;

    private static final String BLOCKS = "SELECT pg_advisory_xact_lock(hashtext('facts'), block) FROM (SELECT DISTINCT (n %% " + LOCKS + ")::int AS block FROM %s AS n ORDER BY 1) AS b";
    private static final String EACH = """
            SELECT pg_advisory_xact_lock_shared(hashtext('facts'), block) FROM (SELECT DISTINCT (n % 256)::int AS block FROM unnest(?) AS n ORDER BY 1) AS b
            UNION ALL
            SELECT pg_advisory_xact_lock(hashtext('facts-of'), (n & 2147483647)::int) FROM (SELECT n FROM unnest(?) AS n ORDER BY n) AS c""";

    private record Key(long customer, String name, int day) {}

    private record Sum(int count, Instant lastAt) {
        Sum plus(Sum other) {
            return new Sum(count + other.count, lastAt.isAfter(other.lastAt) ? lastAt : other.lastAt);
        }
    }

    private final JdbcTemplate jdbc;

    Summaries(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Whoever sums up or decides upon customers does so behind this, until the end of the transaction: two who are at the same customer never
     * overtake each other. Few customers are locked each and their blocks shared, many by whole blocks. Taken in order, so that nobody waits in a
     * circle; a transaction that locks twice begins with the larger set.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(Whom whom) {
        long[] ids = whom.ids();
        jdbc.query(connection -> {
            if (ids == null) {
                long first = whom.from() / LOCKED_TOGETHER;
                var statement = connection.prepareStatement(BLOCKS.formatted("generate_series(?, ?)"));
                statement.setLong(1, first);
                // More blocks than locks are no more than all locks.
                statement.setLong(2, Math.min((whom.to() - 1) / LOCKED_TOGETHER, first + LOCKS - 1));
                return statement;
            }
            long[] blocks = Arrays.stream(ids).map(id -> id / LOCKED_TOGETHER).distinct().toArray();
            var statement = connection.prepareStatement(ids.length > FEW ? BLOCKS.formatted("unnest(?)") : EACH);
            statement.setObject(1, blocks);
            if (ids.length <= FEW) {
                statement.setObject(2, ids);
            }
            return statement;
        }, row -> { });
    }

    /** Counts each event on its day; events of one customer may be of any order. */
    void count(List<Event> events) {
        var sums = new LinkedHashMap<Key, Sum>();
        var seen = new LinkedHashMap<Long, Instant>();
        events.stream().sorted(Comparator.comparing(Event::customerId).thenComparing(Event::name)).forEach(event -> {
            int day = (int) Math.floorDiv(event.occurredAt().toEpochMilli(), 86_400_000L);
            sums.merge(new Key(event.customerId(), event.name(), day), new Sum(1, event.occurredAt()), Sum::plus);
            if (!UNSEEN.matcher(event.name()).find()) {
                seen.merge(event.customerId(), event.occurredAt(), (one, two) -> one.isAfter(two) ? one : two);
            }
        });
        var keys = new ArrayList<>(sums.keySet());
        jdbc.update(connection -> {
            // Joined, because a customer may have been erased since.
            var statement = connection.prepareStatement("""
                    INSERT INTO customer_event AS e (customer_id, name, day, count, last_at)
                    SELECT customer, name, day, n, at
                      FROM unnest(?::bigint[], ?::text[], ?::int[], ?::int[], ?::timestamptz[]) AS t (customer, name, day, n, at)
                     WHERE EXISTS (SELECT 1 FROM customer WHERE id = t.customer)
                    ON CONFLICT (customer_id, name, day) DO UPDATE SET count = e.count + excluded.count, last_at = greatest(e.last_at, excluded.last_at)""");
            statement.setObject(1, keys.stream().mapToLong(Key::customer).toArray());
            statement.setArray(2, connection.createArrayOf("text", keys.stream().map(Key::name).toArray()));
            statement.setObject(3, keys.stream().mapToInt(Key::day).toArray());
            statement.setObject(4, sums.values().stream().mapToInt(Sum::count).toArray());
            statement.setArray(5, connection.createArrayOf("timestamptz", sums.values().stream().map(sum -> sum.lastAt().toString()).toArray()));
            return statement;
        });
        see(seen);
    }

    private void see(Map<Long, Instant> seen) {
        if (!seen.isEmpty()) {
            jdbc.update(connection -> {
                var statement = connection.prepareStatement("""
                        INSERT INTO customer_summary AS s (customer_id, seen_at)
                        SELECT customer, at FROM unnest(?::bigint[], ?::timestamptz[]) AS t (customer, at) WHERE EXISTS (SELECT 1 FROM customer WHERE id = t.customer)
                        ON CONFLICT (customer_id) DO UPDATE SET seen_at = excluded.seen_at WHERE s.seen_at IS NULL OR s.seen_at < excluded.seen_at""");
                statement.setObject(1, seen.keySet().stream().mapToLong(Long::longValue).toArray());
                statement.setArray(2, connection.createArrayOf("timestamptz", seen.values().stream().map(Instant::toString).toArray()));
                return statement;
            });
        }
    }

    /** Sums these customers' orders up anew: from the rows, not by adding, so that a repeat does no harm. */
    void sumOrders(Collection<Long> customers) {
        if (!customers.isEmpty()) {
            jdbc.query(connection -> {
                var statement = connection.prepareStatement("SELECT sum_orders(?)");
                statement.setObject(1, customers.stream().mapToLong(Long::longValue).toArray());
                return statement;
            }, row -> { });
        }
    }
}
