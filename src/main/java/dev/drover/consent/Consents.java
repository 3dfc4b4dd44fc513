package dev.drover.consent;

import dev.drover.audience.ConsentGiven;
import dev.drover.eventlog.Event;
import dev.drover.kernel.BaseUrl;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.SignedTokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

    /** An implied consent counts from its basis; a later purchase renews what a purchase implies. */
    private static final String BASIS_AT = """
            CASE WHEN p.basis = 'purchase' THEN greatest(p.basis_at,
                      (SELECT max(placed_at) FROM customer_order o WHERE o.customer_id = p.customer_id AND o.kind = 'order')) ELSE p.basis_at END AS since""";

    /**
     * @param granted   whether marketing may be sent now
     * @param source    where it was given or withdrawn; {@code null}: never said
     * @param changedAt {@code null}: never said
     * @param basis     what it rests on: {@code express}, {@code purchase} or {@code inquiry}
     * @param basisAt   since when it rests on that
     * @param pending   asked for, and not confirmed from the mailbox yet
     */
    public record State(boolean granted, @Nullable String source, @Nullable Instant changedAt, String basis, @Nullable Instant basisAt, boolean pending) {
        public static final State UNSAID = new State(false, null, null, "express", null, false);
        static final State PENDING = new State(false, null, null, "express", null, true);

        State withPending() {
            return new State(granted, source, changedAt, basis, basisAt, true);
        }
    }

    /** One channel of a customer. */
    public record Subject(long customerId, Channel channel) {}

    /** What rules ask about one channel of a customer. @param basisAt {@code null}: nothing was ever said */
    public record Standing(boolean granted, String basis, @Nullable Instant basisAt, String frequency, Set<String> declined) {}

    private final JdbcTemplate jdbc;
    private final ConsentRows rows;
    private final Confirmations confirmations;
    private final PlatformClock clock;
    private final SignedTokens tokens;
    private final BaseUrl base;

    Consents(JdbcTemplate jdbc, ConsentRows rows, Confirmations confirmations, PlatformClock clock, SignedTokens tokens, BaseUrl base) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.confirmations = confirmations;
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
        Long[] ids = customerIds.toArray(Long[]::new);
        jdbc.query("SELECT p.*, " + BASIS_AT + " FROM subscription_preference p WHERE p.customer_id = ANY(?)", row -> {
            found.get(row.getLong("customer_id")).put(Channel.of(row.getString("channel")), new State(row.getBoolean("granted"), row.getString("source"),
                    row.getTimestamp("changed_at").toInstant(), row.getString("basis"), row.getTimestamp("since").toInstant(), false));
        }, (Object) ids);
        confirmations.pending(ids).forEach(id -> found.get(id).compute(Channel.EMAIL, (channel, state) -> state == State.UNSAID ? State.PENDING : state.withPending()));
        return found;
    }

    /** What the rules are told of each, in one question; each asked for is a key. */
    public Map<Subject, Standing> standings(Collection<Subject> subjects) {
        var found = new HashMap<Subject, Standing>();
        var asked = List.copyOf(Set.copyOf(subjects));
        jdbc.query(connection -> {
            var statement = connection.prepareStatement("""
                    SELECT asked.n, coalesce(p.granted, false) AS granted, coalesce(p.basis, 'express') AS basis, %s, coalesce(c.frequency, 'normal') AS frequency,
                           coalesce(c.declined, '{}') AS declined
                      FROM unnest(?::bigint[], ?::text[]) WITH ORDINALITY AS asked (id, channel, n)
                      LEFT JOIN subscription_preference p ON p.customer_id = asked.id AND p.channel = asked.channel
                      LEFT JOIN contact_preference c ON c.customer_id = asked.id""".formatted(BASIS_AT));
            statement.setArray(1, connection.createArrayOf("bigint", asked.stream().map(Subject::customerId).toArray()));
            statement.setArray(2, connection.createArrayOf("text", asked.stream().map(subject -> subject.channel().key()).toArray()));
            return statement;
        }, row -> {
            var since = row.getTimestamp("since");
            found.put(asked.get(row.getInt("n") - 1), new Standing(row.getBoolean("granted"), row.getString("basis"), since == null ? null : since.toInstant(),
                    row.getString("frequency"), Set.of((String[]) row.getArray("declined").getArray())));
        });
        return found;
    }

    /** Records a change with its proof and appends {@code consent.granted} or {@code consent.withdrawn} to the event log; no change, no record. */
    @Transactional
    public void record(long customerId, Channel channel, boolean granted, String source, @Nullable String wording) {
        record(customerId, channel, granted, new Proof(source, wording, null, null, null, null));
    }

    @Transactional
    void record(long customerId, Channel channel, boolean granted, Proof proof) {
        rows.write(List.of(ConsentRows.change(customerId, channel, granted, proof, null, clock.instant())));
    }

    /** Takes back consent for channels, with the reason the person gave. */
    @Transactional
    void withdraw(long customerId, Collection<Channel> channels, Proof proof, Leaving leaving) {
        var now = clock.instant();
        rows.write(channels.stream().map(channel -> ConsentRows.change(customerId, channel, false, proof, leaving, now)).toList());
    }

    /** Consent that came along with customers: in their transaction. What must be confirmed first waits for that. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(ConsentGiven given) {
        var toConfirm = confirmations.needed(given);
        var changes = new ArrayList<ConsentRows.Change>();
        for (var statement : given.statements()) {
            if (!toConfirm.contains(statement)) {
                changes.add(new ConsentRows.Change(statement.customerId(), statement.channel(), statement.granted(), statement.basis(),
                        proof(statement), Leaving.UNSAID,
                        Objects.requireNonNullElse(statement.at(), clock.instant()), given.history() ? Event.Origin.IMPORT : Event.Origin.LIVE));
            }
        }
        if (!changes.isEmpty()) {
            rows.write(changes);
        }
        toConfirm.forEach(statement -> confirmations.request(statement.customerId(), Confirmation.Kind.OPT_IN, proof(statement)));
    }

    private static Proof proof(ConsentGiven.Statement statement) {
        return new Proof(Objects.requireNonNullElse(statement.source(), "api"), statement.wording(), null, null, null, null);
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
