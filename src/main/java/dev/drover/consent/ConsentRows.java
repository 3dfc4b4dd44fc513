package dev.drover.consent;

import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes what changed about channels: the present state, the proof, the events; in the caller's transaction. */
@Component
class ConsentRows {

    /** @param basis {@code express}, {@code purchase} or {@code inquiry} @param origin of its events: history starts no journey */
    record Change(long customerId, Channel channel, boolean granted, String basis, Proof proof, Leaving leaving, Instant at, Event.Origin origin) {}

    private final JdbcTemplate jdbc;
    private final EventLog log;
    private final PlatformClock clock;

    ConsentRows(JdbcTemplate jdbc, EventLog log, PlatformClock clock) {
        this.jdbc = jdbc;
        this.log = log;
        this.clock = clock;
    }

    /** @return what changed */
    @Transactional(propagation = Propagation.MANDATORY)
    List<Change> write(List<Change> changes) {
        var told = new ArrayList<NewEvent>();
        var changed = changed(changes);
        Set<Long> newcomers = newcomers(changed);
        for (Change change : changed) {
            String name = change.granted() ? "consent.granted" : "consent.withdrawn";
            told.add(new NewEvent("%s:%d:%s:%d".formatted(name, change.customerId(), change.channel().key(), change.at().toEpochMilli()), name,
                    change.customerId(), null, change.at(), Event.Origin.LIVE, Map.of("channel", change.channel().key(), "source", change.proof().source())));
            if (change.granted() && newcomers.contains(change.customerId()) && change.channel() == Channel.EMAIL) {
                told.add(new NewEvent("customer.subscribed:" + change.customerId(), "customer.subscribed", change.customerId(), null, change.at(), change.origin(),
                        Map.of("source", change.proof().source())));
            }
        }
        if (!changed.isEmpty()) {
            prove(changed);
            log.append(told);
        }
        forgetWhatWasAsked(changes);
        return changed;
    }

    /** Keeps how we know; for what was said again though it held already, too. */
    @Transactional(propagation = Propagation.MANDATORY)
    void prove(List<Change> said) {
        var now = Timestamp.from(clock.instant());
        jdbc.batchUpdate("""
                INSERT INTO consent_change (customer_id, channel, granted, basis, source, wording, wording_version, page, ip, user_agent, reason_key, reason,
                                            given_at, recorded_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", said.stream().map(change -> {
                    var proof = change.proof();
                    var why = change.leaving();
                    return new Object[] {change.customerId(), change.channel().key(), change.granted(), change.basis(), proof.source(), proof.wording(), proof.version(), proof.page(),
                            proof.ip(), proof.userAgent(), why.reason() == null ? null : why.reason().key(), why.words(), Timestamp.from(change.at()), now};
                }).toList());
    }

    /** Who takes mail for the first time ever: once in a customer's life, so that nobody is welcomed who comes back. */
    private Set<Long> newcomers(List<Change> changed) {
        var mailed = changed.stream().filter(change -> change.granted() && change.channel() == Channel.EMAIL).map(Change::customerId).toArray(Long[]::new);
        var found = new HashSet<>(List.of(mailed));
        if (mailed.length > 0) {
            jdbc.queryForList("SELECT DISTINCT customer_id FROM consent_change WHERE customer_id = ANY(?) AND channel = 'email' AND granted", Long.class, (Object) mailed)
                    .forEach(found::remove);
        }
        return found;
    }

    /** Who says yes or no has nothing left to confirm. When the address was mailed stays known, or saying no and yes in turn would mail it each time. */
    private void forgetWhatWasAsked(List<Change> changes) {
        var settled = changes.stream().filter(change -> change.channel() == Channel.EMAIL).map(Change::customerId).toArray(Long[]::new);
        if (settled.length > 0) {
            jdbc.update("UPDATE confirmation SET expires_at = requested_at WHERE customer_id = ANY(?) AND kind = 'opt-in' AND confirmed_at IS NULL", (Object) settled);
        }
    }

    /**
     * Writes the present state and returns what changed it. Telling the same again is no change; nor is an old word after a newer one: a
     * batch that repeats last year's opt-in does not undo this year's opt-out. A yes that was said takes the place of an implied one, never the
     * other way round; an implied one is renewed by a later purchase or inquiry, and never undoes a no.
     */
    private List<Change> changed(List<Change> changes) {
        Map<String, Change> latest = new HashMap<>();
        changes.forEach(change -> latest.merge(change.customerId() + change.channel().key(), change, (one, two) -> two.at().isBefore(one.at()) ? one : two));
        var ordered = latest.values().stream().sorted(Comparator.comparing(Change::customerId).thenComparing(Change::channel)).toList();
        return jdbc.query(connection -> {
            var statement = connection.prepareStatement("""
                    INSERT INTO subscription_preference AS p (customer_id, channel, granted, source, changed_at, basis, basis_at)
                    SELECT customer, channel, granted, source, at, basis, at
                      FROM unnest(?::bigint[], ?::text[], ?::boolean[], ?::text[], ?::timestamptz[], ?::text[]) AS t (customer, channel, granted, source, at, basis)
                    ON CONFLICT (customer_id, channel) DO UPDATE SET granted = excluded.granted, source = excluded.source, changed_at = excluded.changed_at,
                           basis = excluded.basis, basis_at = excluded.basis_at
                     WHERE p.changed_at <= excluded.changed_at
                       AND (p.granted <> excluded.granted AND (excluded.basis = 'express' OR NOT excluded.granted)
                            OR p.granted AND excluded.granted AND p.basis <> 'express' AND (p.basis <> excluded.basis OR p.changed_at < excluded.changed_at))
                    RETURNING customer_id, channel""");
            statement.setArray(1, connection.createArrayOf("bigint", ordered.stream().map(Change::customerId).toArray()));
            statement.setArray(2, connection.createArrayOf("text", ordered.stream().map(change -> change.channel().key()).toArray()));
            statement.setArray(3, connection.createArrayOf("boolean", ordered.stream().map(Change::granted).toArray()));
            statement.setArray(4, connection.createArrayOf("text", ordered.stream().map(change -> change.proof().source()).toArray()));
            statement.setArray(5, connection.createArrayOf("timestamptz", ordered.stream().map(change -> change.at().toString()).toArray()));
            statement.setArray(6, connection.createArrayOf("text", ordered.stream().map(Change::basis).toArray()));
            return statement;
        }, (row, n) -> latest.get(row.getLong(1) + row.getString(2)));
    }

    static Change change(long customerId, Channel channel, boolean granted, Proof proof, @Nullable Leaving leaving, Instant at) {
        return new Change(customerId, channel, granted, "express", proof, leaving == null ? Leaving.UNSAID : leaving, at, Event.Origin.LIVE);
    }
}
