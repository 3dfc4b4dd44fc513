package dev.drover.campaign;

import dev.drover.engine.EngineCrowd;
import dev.drover.journey.Journeys;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets a campaign's audience into its journey, once each. The engine takes no part in our transactions, so a row is written before it is told; of one whose
 * writer died meanwhile the engine's history says whether it began. Whoever is on the journey already isn't let in a second time.
 */
@Component
class Entrants {

    private static final Duration LEASE = Duration.ofSeconds(30);
    /** The engine's clock and ours. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    /** @param name external id @param claimedAt when it was first tried */
    private record Claimed(long customer, String name, Instant claimedAt) {}

    /** @param reason {@code null}: there is none */
    private record Came(long customer, String outcome, @Nullable Long instance, @Nullable String reason) {}

    private final Journeys journeys;
    private final EngineCrowd crowd;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final PlatformClock clock;

    Entrants(Journeys journeys, EngineCrowd crowd, JdbcClient jdbc, TransactionTemplate transaction, PlatformClock clock) {
        this.journeys = journeys;
        this.crowd = crowd;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** In the transaction that moves on over them. */
    void claim(long campaign, List<Long> customers) {
        jdbc.sql("""
                INSERT INTO campaign_entry (campaign_id, customer_id, outcome, claimed_at, lease_until)
                SELECT ?, c.id, 'starting', ?, clock_timestamp() + make_interval(secs => ?) FROM customer c WHERE c.id = ANY(?) ON CONFLICT DO NOTHING""")
                .params(campaign, Timestamp.from(clock.instant()), LEASE.toSeconds(), customers.toArray(Long[]::new)).update();
    }

    /** Those just claimed. */
    void letIn(long campaign, String journey, List<Long> customers) {
        var claimed = read("SELECT e.customer_id, c.external_id, e.claimed_at FROM campaign_entry e JOIN customer c ON c.id = e.customer_id WHERE e.campaign_id = ? AND e.outcome = 'starting' AND e.customer_id = ANY(?)",
                campaign, customers.toArray(Long[]::new));
        start(campaign, journey, claimed, crowd.among(journey, claimed.stream().map(Claimed::name).toList(), null));
    }

    /** Those over whom somebody died. @return how many */
    int takeOver(long campaign, String journey, int most) {
        var claimed = read("""
                UPDATE campaign_entry e SET lease_until = clock_timestamp() + make_interval(secs => ?) FROM customer c
                 WHERE c.id = e.customer_id AND e.campaign_id = ? AND e.customer_id IN (SELECT customer_id FROM campaign_entry WHERE campaign_id = ? AND outcome = 'starting' AND lease_until < clock_timestamp()
                                                                                        ORDER BY customer_id LIMIT ? FOR UPDATE SKIP LOCKED)
                RETURNING e.customer_id, c.external_id, e.claimed_at""", LEASE.toSeconds(), campaign, campaign, most);
        if (claimed.isEmpty()) {
            return 0;
        }
        var since = claimed.stream().map(Claimed::claimedAt).min(Instant::compareTo).orElseThrow().minus(SLACK);
        var begun = crowd.among(journey, claimed.stream().map(Claimed::name).toList(), since);
        keep(campaign, claimed.stream().filter(one -> begun.containsKey(one.name())).map(one -> new Came(one.customer(), "entered", begun.get(one.name()), null)).toList());
        var left = claimed.stream().filter(one -> !begun.containsKey(one.name())).toList();
        start(campaign, journey, left, crowd.among(journey, left.stream().map(Claimed::name).toList(), null));
        return claimed.size();
    }

    /** Whether somebody's answer is still waited for. */
    boolean starting(long campaign) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM campaign_entry WHERE campaign_id = ? AND outcome = 'starting')").param(campaign).query(Boolean.class).single();
    }

    private List<Claimed> read(String sql, Object... values) {
        return jdbc.sql(sql).params(List.of(values)).query((row, n) -> new Claimed(row.getLong(1), row.getString(2), row.getTimestamp(3).toInstant())).list();
    }

    /** All together: the engine answers many sooner than one after another. */
    private void start(long campaign, String journey, List<Claimed> some, Map<String, Long> inside) {
        var starting = new HashMap<Claimed, CompletableFuture<Long>>();
        var came = new ArrayList<Came>();
        Problem away = null;
        for (Claimed one : some) {
            if (inside.containsKey(one.name())) {
                came.add(new Came(one.customer(), "inside", null, null));
            } else {
                starting.put(one, begin(journey, one.name(), campaign));
            }
        }
        for (var each : starting.entrySet()) {
            try {
                came.add(new Came(each.getKey().customer(), "entered", each.getValue().join(), null));
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof Problem problem)) {
                    throw e;
                }
                // Nobody knows whether it began: its lease runs out, and then the history is asked. A journey that was paused or closed meanwhile is waited for.
                if (problem.kind() == Problem.Kind.UNAVAILABLE || problem.kind() == Problem.Kind.CONFLICT) {
                    away = problem;
                } else {
                    came.add(new Came(each.getKey().customer(), "refused", null, problem.getMessage()));
                }
            }
        }
        keep(campaign, came);
        if (away != null) {
            throw Problem.unavailable(String.valueOf(away.getMessage()));
        }
    }

    private CompletableFuture<Long> begin(String journey, String customer, long campaign) {
        try {
            return journeys.start(journey, customer, Map.of("campaignId", Long.toString(campaign)));
        } catch (Problem refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private void keep(long campaign, List<Came> came) {
        if (came.isEmpty()) {
            return;
        }
        transaction.executeWithoutResult(status -> jdbc.sql("""
                UPDATE campaign_entry e SET outcome = t.outcome, instance_key = t.instance, reason = t.reason
                  FROM unnest(?::bigint[], ?::text[], ?::bigint[], ?::text[]) AS t (customer, outcome, instance, reason)
                 WHERE e.campaign_id = ? AND e.customer_id = t.customer AND e.outcome = 'starting'""")
                .params(came.stream().map(Came::customer).toArray(Long[]::new), came.stream().map(Came::outcome).toArray(String[]::new), came.stream().map(Came::instance).toArray(Long[]::new),
                        came.stream().map(Came::reason).toArray(String[]::new), campaign).update());
    }

    /** How many of these are on the journey now. */
    long inside(String journey, List<Long> customers) {
        return crowd.among(journey, jdbc.sql("SELECT external_id FROM customer WHERE id = ANY(?)").param(customers.toArray(Long[]::new)).query(String.class).list(), null).size();
    }

    /** How many were let in, were on it already, were refused; by the word. */
    Map<String, Long> counts(long campaign) {
        var counts = new HashMap<String, Long>();
        jdbc.sql("SELECT outcome, count(*) FROM campaign_entry WHERE campaign_id = ? GROUP BY outcome").param(campaign).query(row -> {
            counts.put(row.getString(1), row.getLong(2));
        });
        return counts;
    }

    /** Whether all whom it let in have been through, as far as the engine's history has heard: it is a moment behind. */
    boolean allThrough(long campaign, String journey) {
        long newest = jdbc.sql("SELECT coalesce(max(instance_key), 0) FROM campaign_entry WHERE campaign_id = ? AND outcome = 'entered'").param(campaign).query(Long.class).single();
        // Somebody moved to another version is on it by another key, so customers are looked for.
        return (newest == 0 || crowd.heardOf(newest)) && !jdbc.sql("""
                SELECT EXISTS (SELECT FROM campaign_entry e JOIN customer c ON c.id = e.customer_id JOIN engine_instance i ON i.customer_id = c.external_id AND i.state = 'active'
                                 JOIN engine_process p ON p.id = i.process AND p.process_id = ? WHERE e.campaign_id = ? AND e.outcome = 'entered')""").params(journey, campaign).query(Boolean.class).single();
    }
}
