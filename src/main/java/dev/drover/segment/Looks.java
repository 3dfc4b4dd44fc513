package dev.drover.segment;

import dev.drover.facts.Summaries;
import dev.drover.facts.Whom;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** When each customer is to be looked at next because time passed, and nothing else happened. */
@Component
class Looks {

    /** As {@link dev.drover.ruleset.Needs#nextLook} says it. */
    private static final long NEVER = Long.MAX_VALUE;

    private final JdbcTemplate jdbc;
    private final Summaries summaries;
    private final PlatformClock clock;

    Looks(JdbcTemplate jdbc, Summaries summaries, PlatformClock clock) {
        this.jdbc = jdbc;
        this.summaries = summaries;
        this.clock = clock;
    }

    /** @param next by customer, milliseconds since 1970. Rows that stay the same aren't touched, nor locked */
    void set(SortedMap<Long, Long> next) {
        if (next.isEmpty()) {
            return;
        }
        jdbc.update(connection -> {
            var statement = connection.prepareStatement("""
                    WITH told AS MATERIALIZED (
                        SELECT t.customer, to_timestamp(nullif(t.ms, %d) / 1000.0) AS at, l.at AS before
                          FROM unnest(?::bigint[], ?::bigint[]) AS t (customer, ms) LEFT JOIN customer_look l ON l.customer_id = t.customer
                    ), gone AS (
                        DELETE FROM customer_look WHERE customer_id IN (SELECT customer FROM told WHERE at IS NULL AND before IS NOT NULL)
                    )
                    INSERT INTO customer_look (customer_id, at) SELECT customer, at FROM told WHERE at IS NOT NULL AND at IS DISTINCT FROM before ORDER BY customer
                    ON CONFLICT (customer_id) DO UPDATE SET at = excluded.at""".formatted(NEVER));
            statement.setObject(1, next.keySet().stream().mapToLong(Long::longValue).toArray());
            statement.setObject(2, next.values().stream().mapToLong(Long::longValue).toArray());
            return statement;
        });
    }

    /** These customers are to be looked at now: something else than their own facts changed. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void soon(Collection<Long> customers) {
        // Behind the lock: a decision that is being made on what was true before would else write its own moment over this one.
        summaries.lock(Whom.these(customers));
        jdbc.update(connection -> {
            var statement = connection.prepareStatement("""
                    INSERT INTO customer_look (customer_id, at) SELECT DISTINCT n, ?::timestamptz FROM unnest(?::bigint[]) AS n ORDER BY n
                    ON CONFLICT (customer_id) DO UPDATE SET at = least(customer_look.at, excluded.at)""");
            statement.setTimestamp(1, Timestamp.from(clock.instant()));
            statement.setObject(2, customers.stream().mapToLong(Long::longValue).toArray());
            return statement;
        });
    }

    /** Whose moment has come, the longest due first. */
    List<Long> due(int most) {
        return jdbc.queryForList("SELECT customer_id FROM customer_look WHERE at <= ? ORDER BY at LIMIT ?", Long.class, Timestamp.from(clock.instant()), most);
    }

    /** Those whose scores changed in this run are to be looked at now. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void scored(Instant run) {
        summaries.lock(Whom.all());
        jdbc.update("""
                INSERT INTO customer_look (customer_id, at) SELECT customer_id, ? FROM customer_rfm WHERE scored_at = ? ORDER BY customer_id
                ON CONFLICT (customer_id) DO UPDATE SET at = least(customer_look.at, excluded.at)""", Timestamp.from(run), Timestamp.from(run));
    }

    /** Whether this transaction is the one that looks: another instance may be at it. */
    boolean claim() {
        return jdbc.queryForObject("SELECT pg_try_advisory_xact_lock(hashtext('segment-looks'))", Boolean.class);
    }
}
