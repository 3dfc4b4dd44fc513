package dev.drover.experiment;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.web.AuditLog;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Keeps shares of customers without marketing. None is kept unless somebody sets a share. Another instance follows a change within {@link #KNOWN}. */
@Component
public class Holdouts {

    static final Duration KNOWN = Duration.ofSeconds(5);

    /**
     * A message somebody might get.
     *
     * @param customer   the internal number
     * @param originType {@code journey}, {@code campaign}, {@code trigger} or {@code api}
     */
    public record Wanted(long customer, String externalId, String originType, String originId) {}

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final PlatformClock clock;
    private final LoadingCache<String, Map<String, Holdout>> known;

    Holdouts(JdbcClient jdbc, AuditLog audit, PlatformClock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
        // By the machine's own time: what it bounds is how long another instance's change may stay unseen, whatever tests do with the platform's.
        this.known = Caffeine.newBuilder().expireAfterWrite(KNOWN).build(key -> read());
    }

    /** Of what the customer is kept out, in words, in the order asked; empty: of nothing. Marketing alone is meant; whoever asks about an order's confirmation doesn't. */
    public List<Optional<String>> keptOutOf(List<Wanted> wanted, Instant at) {
        var holdouts = known(wanted);
        return wanted.stream().map(each -> scopes(each).map(holdouts::get).filter(Objects::nonNull).filter(holdout -> holdout.keeps(each.externalId(), at)).findFirst()
                .map(Holdout::of)).toList();
    }

    /** Writes down whom a journey or campaign with a holdout of its own is about to write to, or would be, once each. Of journeys and triggers the database is asked nothing where there is none. */
    public void met(List<Wanted> wanted, Instant at) {
        var holdouts = known(wanted);
        var meant = wanted.stream().filter(each -> holdouts.containsKey(Objects.requireNonNullElse(Holdout.scope(each.originType(), each.originId()), ""))).toList();
        if (meant.isEmpty()) {
            return;
        }
        // Only while there is such a holdout and such a customer: either may have gone since it was looked up. In one order, so that two never wait for one another.
        jdbc.sql("""
                INSERT INTO holdout_exposure (scope, customer_id, held, first_at)
                SELECT h.scope, c.id, m.held, :at FROM unnest(:scopes::text[], :customers::bigint[], :held::boolean[]) AS m (scope, customer, held)
                  JOIN holdout h ON h.scope = m.scope JOIN customer c ON c.id = m.customer
                 ORDER BY h.scope, c.id FOR KEY SHARE OF h, c
                ON CONFLICT DO NOTHING""")
                .param("at", Timestamp.from(at)).param("scopes", meant.stream().map(each -> Holdout.scope(each.originType(), each.originId())).toArray(String[]::new))
                .param("customers", meant.stream().map(Wanted::customer).toArray(Long[]::new))
                .param("held", meant.stream().map(each -> holdouts.get(Holdout.scope(each.originType(), each.originId())).keeps(each.externalId(), at)).toArray(Boolean[]::new)).update();
    }

    /** A campaign's share is set in the transaction that lets its messages leave: whoever takes one up asks for it, however lately the others were looked up. */
    private Map<String, Holdout> known(List<Wanted> wanted) {
        var holdouts = known.get("");
        var unknown = wanted.stream().filter(each -> each.originType().equals("campaign")).map(each -> "campaign:" + each.originId()).distinct().filter(scope -> !holdouts.containsKey(scope)).toList();
        if (unknown.isEmpty() || !jdbc.sql("SELECT EXISTS (SELECT FROM holdout WHERE scope = ANY(?))").param(unknown.toArray(String[]::new)).query(Boolean.class).single()) {
            return holdouts;
        }
        known.invalidateAll();
        return known.get("");
    }

    private static Stream<String> scopes(Wanted wanted) {
        return Stream.of(Holdout.EVERYBODY, Holdout.scope(wanted.originType(), wanted.originId())).filter(Objects::nonNull);
    }

    public List<Holdout> all() {
        return read().values().stream().sorted(Comparator.comparing(one -> one.scope().equals(Holdout.EVERYBODY) ? "" : one.scope())).toList();
    }

    public Optional<Holdout> find(String scope) {
        return Optional.ofNullable(read().get(scope));
    }

    /**
     * From now on. What a former share measured ends with it; the same share again changes nothing.
     *
     * @param share of customers, 0 to 0.5; 0: nobody is kept without any more
     * @throws Problem rejected, naming the field
     */
    @Transactional
    public void set(@Nullable String scope, double share, String who) {
        String of = Holdout.checkScope(scope);
        if (!(share >= 0 && share <= Holdout.MOST)) {
            throw Problem.invalid("share", "A holdout is 0 % (off) to 50 % of customers.");
        }
        double former = find(of).map(Holdout::share).orElse(0.0);
        if (share == former) {
            return;
        }
        // Whom another share met was another comparison.
        jdbc.sql("DELETE FROM holdout_exposure WHERE scope = ?").param(of).update();
        if (share == 0) {
            jdbc.sql("DELETE FROM holdout WHERE scope = ?").param(of).update();
        } else {
            jdbc.sql("""
                    INSERT INTO holdout (scope, share, since, changed_by) VALUES (:scope, :share, :now, :who)
                    ON CONFLICT (scope) DO UPDATE SET share = EXCLUDED.share, since = EXCLUDED.since, changed_by = EXCLUDED.changed_by""")
                    .param("scope", of).param("share", share).param("now", Timestamp.from(clock.instant())).param("who", who).update();
        }
        audit.record("holdout.set", of, Map.of("share", share, "former", former));
        forgetAfterCommit();
    }

    private void forgetAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                known.invalidateAll();
            }
        });
    }

    private Map<String, Holdout> read() {
        return jdbc.sql("SELECT scope, share, since, changed_by FROM holdout")
                .query((row, n) -> new Holdout(row.getString(1), row.getDouble(2), row.getTimestamp(3).toInstant(), row.getString(4))).list().stream()
                .collect(Collectors.toMap(Holdout::scope, Function.identity()));
    }
}
