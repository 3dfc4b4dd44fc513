package dev.drover.campaign;

import dev.drover.campaign.Runs.Run;
import dev.drover.experiment.Assignment;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who is in a campaign's audience: now, or as it was when a run began. All by the customers' numbers. */
@Component
class Recipients {

    private final JdbcClient jdbc;
    private final PlatformClock clock;

    Recipients(JdbcClient jdbc, PlatformClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** How many are in it now, whatever its conditions ask. */
    long candidates(Campaign campaign) {
        var asked = asked(campaign);
        return jdbc.sql("SELECT count(*) FROM (" + asked.sql + ") a").params(asked.values).query(Long.class).single();
    }

    /** Some of them, the same each time and in the same order, drawn as by chance; all of them where they are no more. */
    List<Long> some(Campaign campaign, int most) {
        var asked = asked(campaign);
        return jdbc.sql("SELECT customer_id FROM (" + asked.sql + ") a ORDER BY hashint8extended(customer_id, 130) LIMIT :most").params(asked.values).param("most", most).query(Long.class).list();
    }

    /** Keeps who is in it now, all seen at one moment. @return how many they are, whatever its conditions ask */
    long snapshot(Campaign campaign, int run) {
        var asked = asked(campaign);
        int kept = jdbc.sql("INSERT INTO campaign_audience (campaign_id, run, customer_id) SELECT :id, :run, customer_id FROM (" + asked.sql + ") a ORDER BY customer_id ON CONFLICT DO NOTHING")
                .params(asked.values).param("id", campaign.id()).param("run", run).update();
        if (kept > CampaignRuns.CHUNK) {
            // The table is empty between campaigns: taken for empty still, it would be sorted anew for each page.
            jdbc.sql("ANALYZE campaign_audience").update();
        }
        return kept;
    }

    /** The next of a run's, behind this one. */
    List<Long> next(long campaign, int run, long after, int most) {
        return jdbc.sql("SELECT customer_id FROM campaign_audience WHERE campaign_id = ? AND run = ? AND customer_id > ? ORDER BY customer_id LIMIT ?")
                .params(campaign, run, after, most).query(Long.class).list();
    }

    /** @param variant {@code null}: not in the test */
    record Drawn(long customer, @Nullable String variant) {}

    /** The next of a run's, each with what is drawn for them. */
    List<Drawn> drawn(Run run, Assignment assignment, int most) {
        // Whoever was erased meanwhile is drawn for nothing, so that the way through the snapshot goes on behind them.
        return jdbc.sql("SELECT a.customer_id, " + Assignment.sql("c.external_id") + " AS variant FROM campaign_audience a LEFT JOIN customer c ON c.id = a.customer_id "
                + "WHERE a.campaign_id = :id AND a.run = :run AND a.customer_id > :after ORDER BY a.customer_id LIMIT :most")
                .params(assignment.parameters()).param("id", run.campaign()).param("run", run.number()).param("after", run.queuedTo()).param("most", most)
                .query((row, n) -> new Drawn(row.getLong(1), row.getString(2))).list();
    }

    /** How many are in a run's snapshot. */
    long kept(Run run) {
        return jdbc.sql("SELECT count(*) FROM campaign_audience WHERE campaign_id = ? AND run = ?").params(run.campaign(), run.number()).query(Long.class).single();
    }

    /** They are queued, or don't fulfil the conditions: they aren't among those who are left. */
    void take(Run run, Collection<Long> customers) {
        jdbc.sql("DELETE FROM campaign_audience WHERE campaign_id = ? AND run = ? AND customer_id = ANY(?)").param(run.campaign()).param(run.number()).param(customers.toArray(Long[]::new)).update();
    }

    void forget(long campaign, int run) {
        jdbc.sql("DELETE FROM campaign_audience WHERE campaign_id = ? AND run = ?").params(campaign, run).update();
    }

    /** How many are in both audiences now, whatever their conditions ask. */
    long shared(Campaign one, Campaign other) {
        var first = asked(one, "one");
        var second = asked(other, "other");
        return jdbc.sql("SELECT count(*) FROM (" + first.sql + " INTERSECT " + second.sql + ") b").params(first.values).params(second.values).query(Long.class).single();
    }

    private record Asked(String sql, Map<String, Object> values) {}

    /** Begins with whoever is named, so that a small segment among millions costs little. */
    private Asked asked(Campaign campaign) {
        return asked(campaign, "");
    }

    /** @param its before its values' names, where two are asked for at once */
    private Asked asked(Campaign campaign, String its) {
        var audience = campaign.audience();
        var values = new HashMap<String, Object>();
        values.put(its + "id", campaign.id());
        var sources = new ArrayList<String>();
        if (audience.everybody()) {
            sources.add("SELECT id AS customer_id FROM customer");
        }
        if (!audience.segments().isEmpty()) {
            sources.add("SELECT customer_id FROM segment_membership WHERE left_at IS NULL AND segment_id IN (SELECT id FROM customer_segment WHERE key = ANY(:" + its + "segments))");
            values.put(its + "segments", audience.segments().toArray(String[]::new));
        }
        if (audience.listed()) {
            sources.add("SELECT customer_id FROM campaign_list WHERE campaign_id = :" + its + "id");
        }
        var without = new ArrayList<String>();
        if (!audience.exclude().isEmpty()) {
            without.add("""
                    NOT EXISTS (SELECT FROM segment_membership o WHERE o.customer_id = w.customer_id AND o.left_at IS NULL
                                   AND o.segment_id IN (SELECT id FROM customer_segment WHERE key = ANY(:%sexclude)))""".formatted(its));
            values.put(its + "exclude", audience.exclude().toArray(String[]::new));
        }
        if (campaign.settings().oncePerDays() > 0) {
            without.add("""
                    NOT EXISTS (SELECT FROM message m WHERE m.customer_id = w.customer_id AND m.queued_at > :%1$ssince AND m.origin_type = 'campaign' AND m.origin_id = :%1$sid::text
                                   AND m.status <> 'skipped')""".formatted(its));
            // An hour less: one that comes each Monday isn't to miss somebody for the minutes that the last one took.
            values.put(its + "since", Timestamp.from(clock.instant().minus(Duration.ofDays(campaign.settings().oncePerDays())).plus(Duration.ofHours(1))));
        }
        return new Asked("SELECT w.customer_id FROM (" + String.join(" UNION ", sources) + ") w" + (without.isEmpty() ? "" : " WHERE " + String.join(" AND ", without)), values);
    }
}
