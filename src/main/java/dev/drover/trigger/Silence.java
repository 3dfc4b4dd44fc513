package dev.drover.trigger;

import dev.drover.kernel.PlatformClock;
import dev.drover.trigger.Occasion.Inactivity;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds who hasn't been heard of for so many days, in the moment it has become so many: who was silent before a trigger began isn't news. Who never was
 * heard of counts from when they became known.
 */
@Component
class Silence {

    private static final Duration EVERY = Duration.ofMinutes(5);
    /** What was told a little late is looked at again. */
    private static final Duration OVERLAP = Duration.ofHours(1);

    private static final String OF_EVENTS = """
            SELECT * FROM (
                SELECT DISTINCT ON (e.customer_id) e.customer_id AS id, e.occurred_at AS last FROM event_log e
                 WHERE e.name = ANY(:kinds) AND e.occurred_at > :from AND e.occurred_at <= :to AND e.customer_id IS NOT NULL
                   AND NOT EXISTS (SELECT 1 FROM event_log x WHERE x.customer_id = e.customer_id AND x.name = ANY(:kinds) AND x.occurred_at > :to)
                 ORDER BY e.customer_id, e.occurred_at DESC) AS heard
            UNION ALL
            SELECT c.id, c.created_at FROM customer c WHERE c.created_at > :from AND c.created_at <= :to
               AND NOT EXISTS (SELECT 1 FROM event_log x WHERE x.customer_id = c.id AND x.name = ANY(:kinds))""";

    private static final String OF_LIFE = """
            SELECT s.customer_id AS id, s.seen_at AS last FROM customer_summary s WHERE s.seen_at > :from AND s.seen_at <= :to
            UNION ALL
            SELECT c.id, c.created_at FROM customer c WHERE c.created_at > :from AND c.created_at <= :to
               AND NOT EXISTS (SELECT 1 FROM customer_summary s WHERE s.customer_id = c.id AND s.seen_at IS NOT NULL)""";

    private final JdbcClient jdbc;
    private final PlatformClock clock;

    Silence(JdbcClient jdbc, PlatformClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    static boolean isTime(Trigger trigger, Instant now) {
        Instant before = trigger.sweptUntil();
        return before == null || before.isAfter(now) || !before.plus(EVERY).isAfter(now);
    }

    /** @return how many occasions were found */
    int sweep(Trigger trigger) {
        var inactivity = (Inactivity) trigger.definition().occasion();
        Instant now = clock.instant();
        Instant from = trigger.sweptUntil() == null ? trigger.activeSince() : trigger.sweptUntil().minus(OVERLAP);
        Instant after = from.isAfter(trigger.activeSince()) ? from : trigger.activeSince();
        var days = Duration.ofDays(inactivity.days());
        return jdbc.sql("""
                INSERT INTO trigger_execution_log (trigger_id, customer_id, occasion, execution_status, happened_at, due_at, created_at)
                SELECT :trigger, c.id, c.id || ':quiet:' || :days || ':' || floor(extract(epoch FROM q.last) * 1000), 'waiting', q.last + :days * interval '1 day', :now, :now
                  FROM (%s) AS q JOIN customer c ON c.id = q.id
                ON CONFLICT (trigger_id, occasion) DO NOTHING""".formatted(inactivity.kinds().isEmpty() ? OF_LIFE : OF_EVENTS))
                .param("trigger", trigger.id()).param("days", inactivity.days()).param("now", Timestamp.from(now)).param("kinds", inactivity.kinds().toArray(String[]::new))
                .param("from", Timestamp.from(after.minus(days))).param("to", Timestamp.from(now.minus(days))).update();
    }

    /** Of those whose delay is over: who was heard of meanwhile. */
    Map<Execution, String> broken(Inactivity inactivity, List<Execution> executions) {
        var ids = executions.stream().map(Execution::customerId).distinct().toArray(Long[]::new);
        Map<Long, Instant> last = jdbc.sql(inactivity.kinds().isEmpty() ? "SELECT customer_id, seen_at FROM customer_summary WHERE customer_id = ANY(:ids) AND seen_at IS NOT NULL"
                : "SELECT customer_id, max(occurred_at) FROM event_log WHERE customer_id = ANY(:ids) AND name = ANY(:kinds) GROUP BY customer_id")
                .param("ids", ids).param("kinds", inactivity.kinds().toArray(String[]::new))
                .query((row, n) -> Map.entry(row.getLong(1), row.getTimestamp(2).toInstant())).list().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        var gone = new HashMap<Execution, String>();
        for (Execution execution : executions) {
            var heard = last.get(execution.customerId());
            if (heard != null && heard.isAfter(execution.happenedAt().minus(Duration.ofDays(inactivity.days())).plusMillis(1))) {
                gone.put(execution, "was heard of during the delay");
            }
        }
        return gone;
    }
}
