package dev.drover.consent;

import dev.drover.audience.ConsentGiven;
import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.BaseUrl;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.SignedTokens;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who may be written to, by which channel, since when, and how we know. */
@Component
public class Consents {

    static final String PREFERENCES = "preferences";
    static final String UNSUBSCRIBE = "unsubscribe";

    /**
     * @param granted   whether marketing may be sent now
     * @param source    where it was given or withdrawn; {@code null}: never said
     * @param changedAt {@code null}: never said
     */
    public record State(boolean granted, @Nullable String source, @Nullable Instant changedAt) {
        public static final State UNSAID = new State(false, null, null);
    }

    private record Change(long customerId, Channel channel, boolean granted, String source, @Nullable String wording, @Nullable String reason, Instant at) {}

    private final JdbcTemplate jdbc;
    private final EventLog log;
    private final PlatformClock clock;
    private final SignedTokens tokens;
    private final BaseUrl base;

    Consents(JdbcTemplate jdbc, EventLog log, PlatformClock clock, SignedTokens tokens, BaseUrl base) {
        this.jdbc = jdbc;
        this.log = log;
        this.clock = clock;
        this.tokens = tokens;
        this.base = base;
    }

    /** Every channel is a key. */
    public Map<Channel, State> of(long customerId) {
        return of(List.of(customerId)).get(customerId);
    }

    /** Every customer asked for is a key, and every channel within. */
    public Map<Long, Map<Channel, State>> of(Collection<Long> customerIds) {
        var found = new HashMap<Long, Map<Channel, State>>();
        for (Long id : customerIds) {
            var states = new EnumMap<Channel, State>(Channel.class);
            for (Channel channel : Channel.values()) {
                states.put(channel, State.UNSAID);
            }
            found.put(id, states);
        }
        jdbc.query("SELECT * FROM subscription_preference WHERE customer_id = ANY(?)", row -> {
            found.get(row.getLong("customer_id")).put(Channel.of(row.getString("channel")),
                    new State(row.getBoolean("granted"), row.getString("source"), row.getTimestamp("changed_at").toInstant()));
        }, (Object) customerIds.toArray(Long[]::new));
        return found;
    }

    /** Records a change with its proof and appends {@code consent.granted} or {@code consent.withdrawn} to the event log; no change, no record. */
    @Transactional
    public void record(long customerId, Channel channel, boolean granted, String source, @Nullable String wording) {
        write(List.of(new Change(customerId, channel, granted, source, wording, null, clock.instant())));
    }

    /** Takes back consent for channels, with the reason the person gave. */
    @Transactional
    void withdraw(long customerId, Collection<Channel> channels, String source, @Nullable String reason) {
        write(channels.stream().map(channel -> new Change(customerId, channel, false, source, null, reason, clock.instant())).toList());
    }

    /** Consent that came along with customers: in their transaction. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(ConsentGiven given) {
        write(given.statements().stream().map(statement -> new Change(statement.customerId(), statement.channel(), statement.granted(),
                Objects.requireNonNullElse(statement.source(), "api"), null, null, Objects.requireNonNullElse(statement.at(), clock.instant()))).toList());
    }

    private void write(List<Change> changes) {
        var now = clock.instant();
        var told = new ArrayList<NewEvent>();
        var proofs = new ArrayList<Object[]>();
        for (Change change : changed(changes)) {
            proofs.add(new Object[] {change.customerId(), change.channel().key(), change.granted(), change.source(), change.wording(), change.reason(),
                    Timestamp.from(change.at()), Timestamp.from(now)});
            String name = change.granted() ? "consent.granted" : "consent.withdrawn";
            told.add(new NewEvent("%s:%d:%s:%d".formatted(name, change.customerId(), change.channel().key(), change.at().toEpochMilli()), name,
                    change.customerId(), null, change.at(), Event.Origin.LIVE, Map.of("channel", change.channel().key(), "source", change.source())));
        }
        if (!proofs.isEmpty()) {
            jdbc.batchUpdate("""
                    INSERT INTO consent_change (customer_id, channel, granted, source, wording, reason, given_at, recorded_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)""", proofs);
            log.append(told);
        }
    }

    /**
     * Writes the present state and returns what changed it. Telling the same again is no change; nor is an old word after a newer one: a
     * batch that repeats last year's opt-in does not undo this year's opt-out.
     */
    private List<Change> changed(List<Change> changes) {
        Map<String, Change> latest = new HashMap<>();
        changes.forEach(change -> latest.merge(change.customerId() + change.channel().key(), change, (one, two) -> two.at().isBefore(one.at()) ? one : two));
        var ordered = latest.values().stream()
                .sorted(java.util.Comparator.comparing(Change::customerId).thenComparing(Change::channel)).toList();
        Map<String, Change> byKey = latest;
        return jdbc.query(connection -> {
            var statement = connection.prepareStatement("""
                    INSERT INTO subscription_preference AS p (customer_id, channel, granted, source, changed_at)
                    SELECT * FROM unnest(?::bigint[], ?::text[], ?::boolean[], ?::text[], ?::timestamptz[])
                    ON CONFLICT (customer_id, channel) DO UPDATE SET granted = excluded.granted, source = excluded.source, changed_at = excluded.changed_at
                     WHERE p.granted <> excluded.granted AND p.changed_at <= excluded.changed_at
                    RETURNING customer_id, channel""");
            statement.setArray(1, connection.createArrayOf("bigint", ordered.stream().map(Change::customerId).toArray()));
            statement.setArray(2, connection.createArrayOf("text", ordered.stream().map(change -> change.channel().key()).toArray()));
            statement.setArray(3, connection.createArrayOf("boolean", ordered.stream().map(Change::granted).toArray()));
            statement.setArray(4, connection.createArrayOf("text", ordered.stream().map(Change::source).toArray()));
            statement.setArray(5, connection.createArrayOf("timestamptz", ordered.stream().map(change -> change.at().toString()).toArray()));
            return statement;
        }, (row, n) -> byKey.get(row.getLong(1) + row.getString(2)));
    }

    /** The customer's own page, no log-in: {@code GET/POST /p/{token}}. */
    public String preferencesUrl(long customerId) {
        return base.of("/p/" + tokens.sign(PREFERENCES, Long.toString(customerId)));
    }

    /** {@code POST /u/{token}}: one click (RFC 8058); GET shows a page with a button. */
    public String unsubscribeUrl(long customerId, Channel channel) {
        return base.of("/u/" + tokens.sign(UNSUBSCRIBE, customerId + ":" + channel.key()));
    }

    /**
     * Takes back what an {@linkplain #unsubscribeUrl unsubscribe link}'s token speaks of.
     *
     * @param wording what the person wrote
     * @return whether the token is ours and the customer still there
     */
    @Transactional
    public boolean unsubscribe(String token, String source, String wording) {
        var asked = tokens.verify(UNSUBSCRIBE, token).map(payload -> payload.split(":"));
        long customer = asked.map(parts -> Long.parseLong(parts[0])).orElse(-1L);
        if (!jdbc.queryForObject("SELECT EXISTS (SELECT 1 FROM customer WHERE id = ?)", Boolean.class, customer)) {
            return false;
        }
        record(customer, Channel.of(asked.orElseThrow()[1]), false, source, wording);
        return true;
    }
}
