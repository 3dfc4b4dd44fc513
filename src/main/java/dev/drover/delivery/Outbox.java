package dev.drover.delivery;

import dev.drover.delivery.throughput.Placement;
import dev.drover.delivery.throughput.Rooms.Closed;
import dev.drover.delivery.throughput.Rooms.Lane;
import dev.drover.delivery.throughput.Ticket;
import dev.drover.kernel.Channel;
import dev.drover.kernel.DatabaseKind;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What waits to be sent. A dispatcher claims rows for a while (a lease) in a short transaction, sends outside of any, and writes down what came
 * of it only while the lease is still its own. A lease that ran out is a dispatcher that died.
 */
@Component
class Outbox {

    /** Longer than the wait for a turn and any provider's time-outs together, so that a slow sender is never taken for a dead one. */
    private static final Duration LEASE = Duration.ofMinutes(5);

    record Claimed(long id, long customerId, Channel channel, String address, String type, String category, String origin, String originId, String template,
            int attempts, Instant queuedAt, @Nullable Long mailing, Ticket ticket) {}

    /** @param boundTo the provider that may have it already */
    record Due(long id, long customerId, Channel channel, String address, String type, String category, String origin, String originId, String template,
            int attempts, Instant queuedAt, @Nullable Long mailing, @Nullable String boundTo) {

        Claimed claimed(Ticket ticket) {
            return new Claimed(id, customerId, channel, address, type, category, origin, originId, template, attempts + 1, queuedAt, mailing, ticket);
        }
    }

    /** A message whose sender died. @param provider it was to be handed to @param begun it may have been */
    record Orphan(long id, @Nullable String provider, int attempts, boolean begun) {}

    private static final RowMapper<Due> DUE = (row, n) -> new Due(row.getLong("id"), row.getLong("customer_id"),
            Channel.of(row.getString("channel")), row.getString("address"), row.getString("type"), row.getString("category"), row.getString("origin_type"),
            row.getString("origin_id"), row.getString("template"), row.getInt("attempts"), row.getTimestamp("queued_at").toInstant(), row.getObject("mailing_id", Long.class), row.getString("bound_to"));

    private final JdbcClient jdbc;
    private final PlatformClock clock;
    private final DatabaseKind database;

    Outbox(JdbcClient jdbc, PlatformClock clock, DatabaseKind database) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.database = database;
    }

    /**
     * What is due, locked until the caller's transaction ends. A message of a journey doesn't overtake an earlier one of the same instance and
     * channel. Rows that another dispatcher is just claiming are passed over.
     *
     * @param held mailings of which nothing leaves now
     */
    List<Due> due(List<Lane> lanes, Long[] held) {
        return jdbc.sql("""
                SELECT due.* FROM unnest(:channels, :bulks, :mosts) AS lane (channel, bulk, most) CROSS JOIN LATERAL
                       (SELECT m.* FROM message m
                         WHERE m.status IN ('queued', 'deferred') AND m.channel = lane.channel AND (m.type = 'marketing') = lane.bulk AND m.not_before <= :now
                           AND (m.mailing_id IS NULL OR m.mailing_id <> ALL(:held))
                           AND NOT EXISTS (SELECT 1 FROM message e
                                            WHERE e.origin_instance = m.origin_instance AND e.channel = m.channel AND e.id < m.id
                                              AND e.status IN ('queued', 'deferred', 'sending'))
                         ORDER BY m.not_before, m.id LIMIT lane.most FOR UPDATE SKIP LOCKED) AS due
                 ORDER BY lane.bulk, due.not_before, due.id""")
                .param("channels", lanes.stream().map(lane -> lane.channel().key()).toArray(String[]::new))
                .param("bulks", lanes.stream().map(lane -> !lane.urgent()).toArray(Boolean[]::new))
                .param("mosts", lanes.stream().map(Lane::most).toArray(Integer[]::new))
                .param("held", held).param("now", Timestamp.from(clock.instant())).query(DUE).list();
    }

    void claim(String owner, List<Claimed> messages) {
        jdbc.sql("""
                UPDATE message SET status = 'sending', lease_owner = :owner, lease_until = clock_timestamp() + make_interval(secs => :lease),
                       attempts = attempts + 1, provider = chosen
                  FROM unnest(:ids, :providers) AS placed (its, chosen) WHERE id = its""")
                .param("owner", owner).param("lease", LEASE.toSeconds()).param("ids", messages.stream().map(Claimed::id).toArray(Long[]::new))
                .param("providers", messages.stream().map(message -> message.ticket().provider()).toArray(String[]::new)).update();
    }

    /** Written down before these are handed over, else they are taken for untouched should this process die. */
    void begin(List<Long> messages) {
        jdbc.sql("""
                WITH past AS (DELETE FROM hand_over AS h WHERE NOT EXISTS (SELECT FROM message m WHERE m.id = ANY(h.message_ids) AND m.status = 'sending'))
                INSERT INTO hand_over (message_ids) VALUES (?)""").param(messages.toArray(Long[]::new)).update();
    }

    /** For these there is no room before a known moment. */
    void postpone(Map<Long, Placement.Wait> messages) {
        jdbc.sql("""
                UPDATE message SET status = 'deferred', rule = what, reason = why, not_before = until
                  FROM unnest(:ids, :untils::timestamptz[], :rules, :reasons) AS waiting (its, until, what, why) WHERE id = its""")
                .param("ids", messages.keySet().toArray(Long[]::new))
                .param("untils", messages.values().stream().map(wait -> wait.until().toString()).toArray(String[]::new))
                .param("rules", messages.values().stream().map(Placement.Wait::rule).toArray(String[]::new))
                .param("reasons", messages.values().stream().map(Placement.Wait::reason).toArray(String[]::new)).update();
    }

    /** For nothing of this channel there is. @return how many there were, at most as many */
    int postpone(Closed closed, int most) {
        return jdbc.sql("""
                UPDATE message SET status = 'deferred', rule = :rule, reason = :reason, not_before = :until
                 WHERE id IN (SELECT due.id FROM (VALUES (true), (false)) AS lane (bulk) CROSS JOIN LATERAL
                                     (SELECT id FROM message WHERE status IN ('queued', 'deferred') AND channel = :channel AND (type = 'marketing') = lane.bulk
                                         AND not_before <= :now ORDER BY not_before, id LIMIT :most FOR UPDATE SKIP LOCKED) AS due)""")
                .param("rule", closed.until().rule()).param("reason", closed.until().reason()).param("until", Timestamp.from(closed.until().until()))
                .param("channel", closed.channel().key()).param("now", Timestamp.from(clock.instant())).param("most", most).update();
    }

    /** Writes down what came of messages whose lease is still this owner's. What was taken back while it was being sent isn't tried again. */
    void settle(String owner, List<Settlement> settlements) {
        var ordered = settlements.stream().sorted(Comparator.comparingLong(Settlement::id)).toList();
        jdbc.sql("""
                UPDATE message m SET
                       status = CASE WHEN done.status IN ('queued', 'deferred') AND m.rule = 'cancelled' THEN 'skipped' ELSE done.status END,
                       rule = CASE WHEN done.status IN ('queued', 'deferred') AND m.rule = 'cancelled' THEN m.rule ELSE done.rule END,
                       reason = CASE WHEN done.status IN ('queued', 'deferred') AND (m.rule = 'cancelled' OR done.reason IS NULL) THEN m.reason ELSE done.reason END,
                       not_before = coalesce(done.until, m.not_before), attempts = m.attempts - CASE WHEN done.tried THEN 0 ELSE 1 END,
                       sent_at = CASE WHEN done.status = 'sent' THEN :now ELSE m.sent_at END, provider_message_id = coalesce(done.reference, m.provider_message_id),
                       bound_to = coalesce(done.bound, m.bound_to), lease_owner = NULL, lease_until = NULL
                  FROM unnest(:ids, :statuses, :rules, :reasons, :untils::timestamptz[], :references, :tried, :bounds)
                       AS done (id, status, rule, reason, until, reference, tried, bound)
                 WHERE m.id = done.id AND m.status = 'sending' AND m.lease_owner = :owner""")
                .param("owner", owner).param("now", Timestamp.from(clock.instant())).param("ids", ordered.stream().map(Settlement::id).toArray(Long[]::new))
                .param("statuses", texts(ordered, Settlement::status)).param("rules", texts(ordered, Settlement::rule)).param("reasons", texts(ordered, Settlement::reason))
                .param("untils", texts(ordered, one -> one.notBefore() == null ? null : one.notBefore().toString()))
                .param("references", texts(ordered, Settlement::reference)).param("tried", ordered.stream().map(Settlement::tried).toArray(Boolean[]::new))
                .param("bounds", texts(ordered, Settlement::boundTo)).update();
    }

    private static String[] texts(List<Settlement> settlements, Function<Settlement, @Nullable String> part) {
        return settlements.stream().map(part).toArray(String[]::new);
    }

    /** Messages whose sender died, claimed anew by this owner. */
    List<Orphan> adopt(String owner, int most) {
        return jdbc.sql("""
                UPDATE message SET lease_owner = :owner, lease_until = clock_timestamp() + make_interval(secs => :lease)
                 WHERE id IN (SELECT id FROM message WHERE status = 'sending' AND lease_until < clock_timestamp() ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED)
                RETURNING id, provider, attempts, EXISTS (SELECT FROM hand_over AS h WHERE message.id = ANY(h.message_ids))""")
                .param("owner", owner).param("lease", LEASE.toSeconds()).param("most", most)
                .query((row, n) -> new Orphan(row.getLong(1), row.getString(2), row.getInt(3), row.getBoolean(4))).list();
    }

    /** An embedded database has one application: whatever is leased when it starts was leased by its dead predecessor. */
    void endLeasesOfThePredecessor() {
        if (database == DatabaseKind.EMBEDDED) {
            jdbc.sql("UPDATE message SET lease_until = clock_timestamp() - interval '1 second' WHERE status = 'sending'").update();
        }
    }
}
