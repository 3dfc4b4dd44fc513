package dev.drover.cart;

import dev.drover.audience.OrderTotals;
import dev.drover.consent.Consents;
import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.PlatformClock;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds carts that were left, once for each time they were, and says for every one whether a recovery begins or why not. */
@Component
class Detection {

    static final int BATCH = 500;

    private record Idle(long id, String cartId, @Nullable Long customerId, BigDecimal total, String currency, int itemCount, boolean live, Instant updatedAt,
            boolean reachable, boolean shared) {}

    /** @param reason why no recovery begins; {@code null}: one does @param sequence by which */
    private record Verdict(Idle cart, @Nullable String reason, @Nullable String sequence) {}

    private final JdbcClient jdbc;
    private final CartSettings settings;
    private final RecoverySequences sequences;
    private final Consents consents;
    private final OrderTotals orders;
    private final EventLog log;
    private final PlatformClock clock;

    Detection(JdbcClient jdbc, CartSettings settings, RecoverySequences sequences, Consents consents, OrderTotals orders, EventLog log, PlatformClock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.sequences = sequences;
        this.consents = consents;
        this.orders = orders;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Decides upon a batch. Several instances may do so at once: each takes other carts.
     *
     * @return how many it decided upon; fewer than {@link #BATCH}: there are no more now
     */
    @Transactional
    int detect() {
        Instant now = clock.instant();
        var idle = jdbc.sql("""
                UPDATE cart SET decided = true WHERE id IN (
                    SELECT id FROM cart WHERE status = 'open' AND NOT decided AND updated_at <= ? ORDER BY updated_at LIMIT ? FOR UPDATE SKIP LOCKED)
                RETURNING id, cart_id, customer_id, total, currency, item_count, origin = 'live', updated_at, coalesce(email, phone) IS NOT NULL,
                    customer_id IS NULL AND CASE WHEN email IS NOT NULL THEN (SELECT count(*) > 1 FROM (SELECT 1 FROM customer u WHERE u.email = cart.email LIMIT 2) AS owners)
                                                 ELSE (SELECT count(*) > 1 FROM (SELECT 1 FROM customer u WHERE u.phone = cart.phone LIMIT 2) AS owners) END""")
                .param(Timestamp.from(now.minus(settings.idleAfter()))).param(BATCH)
                .query((row, n) -> new Idle(row.getLong(1), row.getString(2), row.getObject(3, Long.class), row.getBigDecimal(4), row.getString(5), row.getInt(6),
                        row.getBoolean(7), row.getTimestamp(8).toInstant(), row.getBoolean(9), row.getBoolean(10))).list()
                // Of several carts of one customer the one changed last is reminded of.
                .stream().sorted(Comparator.comparing(Idle::updatedAt).reversed()).toList();
        if (idle.isEmpty()) {
            return 0;
        }
        var customers = idle.stream().map(Idle::customerId).filter(Objects::nonNull).distinct().toList();
        var consent = consents.of(customers);
        var ordered = orders.of(customers);
        var running = inRecovery(customers, now);
        var active = sequences.active();
        var subscribed = active.stream().anyMatch(RecoverySequence::excludeSubscriptions) ? withSubscription(idle) : Set.<Long>of();
        var verdicts = new ArrayList<Verdict>();
        for (Idle cart : idle) {
            var last = cart.customerId() == null ? null : ordered.getOrDefault(cart.customerId(), OrderTotals.Totals.NONE).lastAt();
            if (last != null && last.isAfter(cart.updatedAt())) {
                continue;
            }
            var sequence = active.stream().filter(one -> one.takes(cart.total(), subscribed.contains(cart.id()))).findFirst().orElse(null);
            String reason = reason(cart, consent, running, sequence != null ? null : unwanted(cart, active, subscribed.contains(cart.id())));
            verdicts.add(new Verdict(cart, reason, reason != null || sequence == null ? null : sequence.key()));
            if (reason == null) {
                running.add(cart.customerId());
            }
        }
        abandon(verdicts, now);
        return idle.size();
    }

    /** @return why no recovery begins; {@code null}: one does */
    private static @Nullable String reason(Idle cart, Map<Long, Map<dev.drover.kernel.Channel, Consents.State>> consent, Set<Long> running, @Nullable String unwanted) {
        if (cart.customerId() == null) {
            if (cart.shared()) {
                return "a guest whose address several customers have: nobody can say whose it is";
            }
            return cart.reachable() ? "a guest whose address or phone is no customer's: nobody has consented by it" : "nobody known: the shop told neither the customer nor an address of one";
        }
        if (!cart.live()) {
            return "imported: history starts no journey";
        }
        var states = consent.get(cart.customerId()).values();
        if (states.stream().noneMatch(Consents.State::granted)) {
            return states.stream().anyMatch(Consents.State::pending) ? "consent isn't confirmed from the mailbox yet" : "no consent for any channel";
        }
        if (unwanted != null) {
            return unwanted;
        }
        return running.contains(cart.customerId()) ? "a recovery began for this customer shortly before" : null;
    }

    private static String unwanted(Idle cart, List<RecoverySequence> active, boolean subscription) {
        if (subscription && active.stream().anyMatch(one -> one.takes(cart.total(), false))) {
            return "something in it is on subscription, and the sequences leave that out";
        }
        var least = active.stream().map(RecoverySequence::least).min(BigDecimal::compareTo).orElse(BigDecimal.ZERO);
        return "worth less than the sequence's least, %s %s".formatted(cart.currency(), least.toPlainString());
    }

    /** Carts with something that is sold on subscription (the product says so, or its category), or that the customer's profile says comes by one already. */
    private Set<Long> withSubscription(List<Idle> carts) {
        return new HashSet<>(jdbc.sql("""
                SELECT DISTINCT c.id FROM cart c CROSS JOIN LATERAL jsonb_array_elements(c.items) AS item
                  LEFT JOIN product p ON p.external_id = item ->> 'productId' LEFT JOIN customer u ON u.id = c.customer_id
                 WHERE c.id = ANY(?) AND (p.attributes ->> 'subscription' = 'true' OR lower(p.category) IN ('subscription', 'subscriptions')
                       OR u.attributes -> 'subscriptions' @> to_jsonb(item ->> 'productId'))""")
                .param(carts.stream().map(Idle::id).toArray(Long[]::new)).query(Long.class).list());
    }

    private Set<Long> inRecovery(List<Long> customers, Instant now) {
        return new HashSet<>(jdbc.sql("""
                SELECT DISTINCT customer_id FROM abandoned_cart
                 WHERE customer_id = ANY(?) AND recovery_status IN ('abandoned', 'recovery_started') AND abandoned_at > ?""")
                .param(customers.toArray(Long[]::new)).param(Timestamp.from(now.minus(settings.pause()))).query(Long.class).list());
    }

    private void abandon(List<Verdict> verdicts, Instant now) {
        var left = verdicts.stream().collect(Collectors.toMap(verdict -> verdict.cart().id(), Function.identity()));
        var abandoned = new ArrayList<NewEvent>();
        jdbc.sql("""
                INSERT INTO abandoned_cart (cart_id, customer_id, cart_items, cart_total, recovery_status, reason, cart_updated_at, abandoned_at, expires_at, sequence)
                SELECT c.id, c.customer_id, c.items, c.total, CASE WHEN v.reason IS NULL THEN 'abandoned' ELSE 'excluded' END, v.reason, c.updated_at, :now, :expires, v.sequence
                  FROM unnest(:ids, :reasons, :sequences) AS v (id, reason, sequence) JOIN cart c ON c.id = v.id
                ON CONFLICT (cart_id, cart_updated_at) DO NOTHING RETURNING id, cart_id""")
                .param("now", Timestamp.from(now)).param("expires", Timestamp.from(now.plus(settings.expireAfter())))
                .param("ids", verdicts.stream().map(verdict -> verdict.cart().id()).toArray(Long[]::new))
                .param("reasons", verdicts.stream().map(Verdict::reason).toArray(String[]::new))
                .param("sequences", verdicts.stream().map(Verdict::sequence).toArray(String[]::new))
                .query(row -> {
                    var verdict = Objects.requireNonNull(left.get(row.getLong(2)));
                    if (verdict.reason() == null) {
                        abandoned.add(told(row.getLong(1), verdict.cart(), now));
                    }
                });
        log.append(abandoned);
    }

    private static NewEvent told(long abandoned, Idle cart, Instant now) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("cartId", cart.cartId());
        properties.put("total", cart.total());
        properties.put("currency", cart.currency());
        properties.put("itemCount", cart.itemCount());
        return new NewEvent("cart.abandoned:" + abandoned, "cart.abandoned", cart.customerId(), null, now, Event.Origin.LIVE, properties);
    }
}
