package dev.drover.delivery;

import dev.drover.kernel.Channel;
import dev.drover.kernel.DatabaseKind;
import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            int attempts, Instant queuedAt) {}

    /** A message whose sender died. @param provider it was about to be handed to */
    record Orphan(long id, @Nullable String provider, int attempts) {}

    private static final RowMapper<Claimed> CLAIMED = (row, n) -> new Claimed(row.getLong("id"), row.getLong("customer_id"),
            Channel.of(row.getString("channel")), row.getString("address"), row.getString("type"), row.getString("category"), row.getString("origin_type"),
            row.getString("origin_id"), row.getString("template"), row.getInt("attempts"), row.getTimestamp("queued_at").toInstant());

    private final JdbcClient jdbc;
    private final PlatformClock clock;
    private final DatabaseKind database;

    Outbox(JdbcClient jdbc, PlatformClock clock, DatabaseKind database) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.database = database;
    }

    /**
     * Claims what is due. A message of a journey doesn't overtake an earlier one of the same instance and channel. Rows that another
     * dispatcher is just claiming are passed over.
     */
    List<Claimed> claim(String owner, int most, Map<Channel, String> providers) {
        return jdbc.sql("""
                UPDATE message SET status = 'sending', lease_owner = :owner, lease_until = clock_timestamp() + make_interval(secs => :lease),
                       attempts = attempts + 1, provider = CASE channel WHEN 'email' THEN :email WHEN 'sms' THEN :sms ELSE :push END
                 WHERE id IN (SELECT m.id FROM message m
                               WHERE m.status IN ('queued', 'deferred') AND m.not_before <= :now
                                 AND NOT EXISTS (SELECT 1 FROM message e
                                                  WHERE e.origin_instance = m.origin_instance AND e.channel = m.channel AND e.id < m.id
                                                    AND e.status IN ('queued', 'deferred', 'sending'))
                               ORDER BY m.not_before, m.id LIMIT :most FOR UPDATE SKIP LOCKED)
                RETURNING *""")
                .param("owner", owner).param("lease", LEASE.toSeconds()).param("now", Timestamp.from(clock.instant())).param("most", most)
                .param("email", providers.get(Channel.EMAIL)).param("sms", providers.get(Channel.SMS)).param("push", providers.get(Channel.PUSH))
                .query(CLAIMED).list();
    }

    MessageContent content(long id) {
        return jdbc.sql("SELECT * FROM message_content WHERE message_id = ?").param(id).query((row, n) -> {
            var headers = new LinkedHashMap<String, String>();
            Json.map(row.getString("headers")).forEach((name, value) -> headers.put(name, value.toString()));
            return new MessageContent(row.getString("subject"), row.getString("preheader"), row.getString("html"), row.getString("text"), headers);
        }).single();
    }

    void sent(String owner, long id, String reference) {
        settle(owner, id, "sent", null, null, null, reference);
    }

    void heldBack(String owner, long id, Eligibility.Decision decision) {
        settle(owner, id, decision.word().equals("skip") ? "skipped" : "deferred", decision.rule(), decision.reason(), decision.until(), null);
    }

    void failed(String owner, long id, String reason) {
        settle(owner, id, "failed", null, reason, null, null);
    }

    void unknown(String owner, long id, String reason) {
        settle(owner, id, "unknown", null, reason, null, null);
    }

    void again(String owner, long id, String reason, Instant at) {
        settle(owner, id, "queued", null, reason, at, null);
    }

    /** Gives a claimed message back that nobody began to send. */
    void letGo(String owner, long id) {
        jdbc.sql("""
                UPDATE message SET status = 'queued', attempts = attempts - 1, lease_owner = NULL, lease_until = NULL
                 WHERE id = ? AND status = 'sending' AND lease_owner = ?""").param(id).param(owner).update();
    }

    /** Messages whose sender died, claimed anew by this owner. */
    List<Orphan> adopt(String owner, int most) {
        return jdbc.sql("""
                UPDATE message SET lease_owner = :owner, lease_until = clock_timestamp() + make_interval(secs => :lease)
                 WHERE id IN (SELECT id FROM message WHERE status = 'sending' AND lease_until < clock_timestamp() ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED)
                RETURNING id, provider, attempts""")
                .param("owner", owner).param("lease", LEASE.toSeconds()).param("most", most)
                .query((row, n) -> new Orphan(row.getLong(1), row.getString(2), row.getInt(3))).list();
    }

    /** An embedded database has one application: whatever is leased when it starts was leased by its dead predecessor. */
    void endLeasesOfThePredecessor() {
        if (database == DatabaseKind.EMBEDDED) {
            jdbc.sql("UPDATE message SET lease_until = clock_timestamp() - interval '1 second' WHERE status = 'sending'").update();
        }
    }

    private void settle(String owner, long id, String status, @Nullable String rule, @Nullable String reason, @Nullable Instant notBefore,
            @Nullable String reference) {
        var now = Timestamp.from(clock.instant());
        jdbc.sql("""
                UPDATE message SET status = CASE WHEN taken_back THEN 'skipped' ELSE :status END, rule = CASE WHEN taken_back THEN rule ELSE :rule END,
                       reason = CASE WHEN taken_back THEN reason ELSE :reason END, not_before = coalesce(:notBefore, not_before),
                       attempts = attempts - CASE WHEN :status IN ('skipped', 'deferred') THEN 1 ELSE 0 END,
                       sent_at = CASE WHEN :status = 'sent' THEN :now ELSE sent_at END, provider_message_id = coalesce(:reference, provider_message_id),
                       lease_owner = NULL, lease_until = NULL
                  FROM (SELECT id AS its, :status IN ('queued', 'deferred') AND coalesce(rule, '') = 'cancelled' AS taken_back FROM message WHERE id = :id FOR UPDATE) AS state
                 WHERE id = its AND status = 'sending' AND lease_owner = :owner""")
                .param("status", status).param("rule", rule).param("reason", reason)
                .param("notBefore", notBefore == null ? null : notBefore.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("now", now).param("reference", reference).param("id", id).param("owner", owner).update();
    }
}
