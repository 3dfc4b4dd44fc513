package dev.drover.consent;

import dev.drover.audience.ConsentGiven;
import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.BaseUrl;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.SignedTokens;
import dev.drover.web.AuditLog;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What must be confirmed from the mailbox. Asking appends {@code customer.confirmation_requested} to the event log; the mail with the link is written by
 * whoever delivers. However often it is asked for, an address is mailed once in a while.
 */
@Component
public class Confirmations {

    static final String PURPOSE = "confirm";
    /** A copy of one's data, or being forgotten, is no matter of a week. */
    private static final Duration PRIVACY_WITHIN = Duration.ofDays(1);

    private static final RowMapper<Confirmation> ROW = (row, n) -> new Confirmation(row.getLong("id"), row.getLong("customer_id"),
            Confirmation.Kind.of(row.getString("kind")), row.getString("address"), new Proof(row.getString("source"), row.getString("wording"),
            row.getString("wording_version"), row.getString("page"), row.getString("ip"), row.getString("user_agent")),
            row.getTimestamp("requested_at").toInstant(), row.getTimestamp("expires_at").toInstant(), instant(row.getTimestamp("confirmed_at")));

    private final JdbcClient jdbc;
    private final Customers customers;
    private final EventLog log;
    private final ConsentRows rows;
    private final Suppressions suppressions;
    private final AuditLog audit;
    private final ConsentSettings settings;
    private final SignedTokens tokens;
    private final BaseUrl base;
    private final PlatformClock clock;

    Confirmations(JdbcClient jdbc, Customers customers, EventLog log, ConsentRows rows, Suppressions suppressions, AuditLog audit, ConsentSettings settings,
            SignedTokens tokens, BaseUrl base, PlatformClock clock) {
        this.jdbc = jdbc;
        this.customers = customers;
        this.log = log;
        this.rows = rows;
        this.suppressions = suppressions;
        this.audit = audit;
        this.settings = settings;
        this.tokens = tokens;
        this.base = base;
        this.clock = clock;
    }

    /** Which of these count only once they are confirmed, in the order they were told. History is taken as it was told, and so is what was confirmed elsewhere or is granted already. */
    Set<ConsentGiven.Statement> needed(ConsentGiven given) {
        if (!settings.doubleOptIn() || given.history()) {
            return Set.of();
        }
        var asked = given.statements().stream().filter(one -> one.granted() && one.channel() == Channel.EMAIL && one.basis().equals("express") && !one.confirmed()).toList();
        Long[] ids = asked.stream().map(ConsentGiven.Statement::customerId).toArray(Long[]::new);
        Map<Long, Customer> known = customers.byIds(List.of(ids)).stream().collect(Collectors.toMap(Customer::id, Function.identity()));
        var granted = Set.copyOf(jdbc.sql("SELECT customer_id FROM subscription_preference WHERE customer_id = ANY(?) AND channel = 'email' AND granted").param(ids)
                .query(Long.class).list());
        return asked.stream().filter(one -> !granted.contains(one.customerId()) && settings.confirms(known.get(one.customerId()).country()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** @return whether a mail goes out now; {@code false}: one did lately, or there is no address */
    @Transactional
    public boolean request(long customerId, Confirmation.Kind kind, Proof proof) {
        String address = customers.byId(customerId).map(Customer::email).orElse(null);
        if (address == null) {
            return false;
        }
        // One at a time for an address, else two at once would each mail it.
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('confirmation'), hashtext(?))").param(address).query(row -> { });
        Instant now = clock.instant();
        // A link that was pressed bothers nobody: who comes back once more the same day gets another.
        boolean mail = jdbc.sql("SELECT NOT EXISTS (SELECT 1 FROM confirmation WHERE address = ? AND kind = ? AND mailed_at > ? AND confirmed_at IS NULL)").param(address).param(kind.key())
                .param(Timestamp.from(now.minus(settings.confirmEvery()))).query(Boolean.class).single();
        Instant until = now.plus(kind == Confirmation.Kind.OPT_IN ? settings.confirmWithin() : PRIVACY_WITHIN);
        long id = jdbc.sql("""
                INSERT INTO confirmation AS c (customer_id, kind, address, source, wording, wording_version, page, ip, user_agent, requested_at, mailed_at, expires_at)
                VALUES (:customer, :kind, :address, :source, :wording, :version, :page, :ip, :program, :now, CASE WHEN :mail THEN :now END, :until)
                ON CONFLICT (customer_id, kind) WHERE confirmed_at IS NULL DO UPDATE SET address = excluded.address, source = excluded.source, page = excluded.page,
                       wording = excluded.wording, wording_version = excluded.wording_version, ip = excluded.ip, user_agent = excluded.user_agent,
                       requested_at = excluded.requested_at, expires_at = excluded.expires_at,
                       mailed_at = CASE WHEN c.address = excluded.address THEN coalesce(excluded.mailed_at, c.mailed_at) ELSE excluded.mailed_at END
                RETURNING id""")
                .param("customer", customerId).param("kind", kind.key()).param("address", address).param("source", proof.source()).param("wording", proof.wording())
                .param("version", proof.version()).param("page", proof.page()).param("ip", proof.ip()).param("program", proof.userAgent())
                .param("now", now.atOffset(ZoneOffset.UTC)).param("mail", mail).param("until", until.atOffset(ZoneOffset.UTC)).query(Long.class).single();
        if (mail) {
            log.append(NewEvent.live("customer.confirmation_requested:%d:%d".formatted(id, now.toEpochMilli()), "customer.confirmation_requested", customerId, now,
                    Map.of("confirmationId", id, "kind", kind.key())));
        }
        return mail;
    }

    public Optional<Confirmation> find(long id) {
        return jdbc.sql("SELECT * FROM confirmation WHERE id = ?").param(id).query(ROW).optional();
    }

    /** What the mail leads to: good for the address it went to, and no other. */
    public String url(Confirmation confirmation) {
        return base.of("/p/confirm/" + tokens.sign(PURPOSE, confirmation.id() + ":" + tokens.fingerprint(PURPOSE, confirmation.address())));
    }

    /** @return empty for every token that isn't ours, or was mailed to another address than the customer has now */
    Optional<Confirmation> of(String token) {
        return tokens.verify(PURPOSE, token).map(payload -> payload.split(":")).flatMap(parts -> find(Long.parseLong(parts[0]))
                .filter(found -> !found.settled())
                .filter(found -> tokens.fingerprint(PURPOSE, found.address()).equals(parts[1]))
                .filter(found -> customers.byId(found.customerId()).filter(customer -> found.address().equals(customer.email())).isPresent()));
    }

    /** Once; who confirms again finds it done. Whoever reads the mailbox and wants mail there is heard by the list of suppressions, too. */
    @Transactional
    void confirm(Confirmation confirmation, Proof proof) {
        int first = jdbc.sql("UPDATE confirmation SET confirmed_at = ? WHERE id = ? AND confirmed_at IS NULL").param(Timestamp.from(clock.instant()))
                .param(confirmation.id()).update();
        if (first == 1 && confirmation.kind() == Confirmation.Kind.OPT_IN) {
            var yes = List.of(ConsentRows.change(confirmation.customerId(), Channel.EMAIL, true, proof, null, clock.instant()));
            boolean changed = !rows.write(yes).isEmpty();
            suppressions.lift(Channel.EMAIL, confirmation.address()).ifPresent(lifted -> {
                if (!changed) {
                    rows.prove(yes);
                }
                audit.record("suppression.lifted", "an address for email", Map.of("by", "the person, from the mailbox", "reason", lifted.reason(), "since", lifted.since().toString()));
            });
        }
    }

    /** What the person reads before they confirm: that they take back more than a silence. */
    Wording wording(Confirmation confirmation) {
        return suppressions.find(Channel.EMAIL, confirmation.address()).isPresent() ? Wording.OPT_IN_AGAIN : Wording.OPT_IN;
    }

    boolean expired(Confirmation confirmation) {
        return confirmation.confirmedAt() == null && !clock.instant().isBefore(confirmation.expiresAt());
    }

    /** Which of these customers wait for their own confirmation of e-mail. */
    List<Long> pending(Long[] customerIds) {
        return jdbc.sql("SELECT customer_id FROM confirmation WHERE customer_id = ANY(?) AND kind = 'opt-in' AND confirmed_at IS NULL AND expires_at > ?")
                .param(customerIds).param(Timestamp.from(clock.instant())).query(Long.class).list();
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
