package dev.drover.campaign;

import dev.drover.campaign.AbTest.Variable;
import dev.drover.campaign.Runs.Run;
import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of campaigns' tests, and what came of each variant, counted in the ledger: people's reactions, machines' left out. */
@Component
class AbTests {

    /**
     * @param mailings of each variant
     * @param minimum  recipients of each variant that are needed
     * @param status   {@code running}, {@code completed}, {@code cancelled}
     * @param chosen   whose text the rest gets; {@code null}: not decided yet
     * @param winner   {@code null}: none is proven
     * @param finding  why, in a sentence
     * @param by       who decided; {@code null}: the test itself
     */
    record Row(AbTest test, List<Long> mailings, int minimum, String status, @Nullable String chosen, @Nullable String winner, @Nullable String finding, @Nullable String by, Instant startedAt,
            @Nullable Instant completedAt) {}

    /** @param queued got it or were to @param sent of those, left us @param opened people, a click counts as one @param ordered people, after it left @param spent by each of them */
    record Outcome(String id, long queued, long sent, long opened, long clicked, long ordered, List<Double> spent) {

        double revenue() {
            return spent.stream().mapToDouble(Double::doubleValue).sum();
        }

        Map<String, Object> told() {
            var told = new LinkedHashMap<String, Object>();
            told.put("id", id);
            told.put("queued", queued);
            told.put("recipients", sent);
            told.put("opened", opened);
            told.put("clicked", clicked);
            told.put("ordered", ordered);
            told.put("revenue", Math.round(revenue() * 100) / 100.0);
            return told;
        }
    }

    private static final Duration ALWAYS = Duration.ofDays(36_500);

    private final JdbcClient jdbc;
    private final CampaignSettings settings;
    private final PlatformClock clock;

    AbTests(JdbcClient jdbc, CampaignSettings settings, PlatformClock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /** @return how many recipients each of its variants needs */
    int minimum(AbTest test) {
        return Objects.requireNonNullElse(test.minimumSample(), usualMinimum());
    }

    int usualMinimum() {
        return settings.minimumSample();
    }

    void begin(Campaign campaign, int run, AbTest test, List<Long> mailings) {
        jdbc.sql("""
                INSERT INTO ab_test (campaign_id, run, test_type, config, mailings, test_size_percentage, winning_metric, confidence_level, min_sample_size, started_at)
                VALUES (?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""")
                .params(campaign.id(), run, test.variable().key(), Json.write(campaign.experiment()), mailings.toArray(Long[]::new), test.testShare() * 100, test.metric().key(), test.confidence() * 100,
                        minimum(test), now()).update();
    }

    Optional<Row> find(long campaign, int run) {
        return jdbc.sql("SELECT * FROM ab_test WHERE campaign_id = ? AND run = ?").params(campaign, run).query((row, n) -> row(row)).optional();
    }

    /** @return whether it wasn't decided before */
    boolean decide(long campaign, int run, Verdict verdict, List<Outcome> outcomes, @Nullable String by) {
        return jdbc.sql("""
                UPDATE ab_test SET status = 'completed', chosen_variant = ?, winning_variant = ?, statistical_significance = ?, confidence_achieved = ?, finding = ?, results = ?::jsonb, decided_by = ?, completed_at = ?
                 WHERE campaign_id = ? AND run = ? AND status = 'running'""")
                .params(Arrays.asList(verdict.chosen(), verdict.winner(), verdict.winner() != null, 100 * verdict.confidenceAchieved(), verdict.finding(),
                        Json.write(outcomes.stream().map(Outcome::told).toList()), by, now(), campaign, run)).update() > 0;
    }

    void cancel(long campaign, int run) {
        jdbc.sql("UPDATE ab_test SET status = 'cancelled', completed_at = ? WHERE campaign_id = ? AND run = ? AND status = 'running'").params(now(), campaign, run).update();
    }

    /**
     * Of each variant, in the test's order: of those in the test alone, for the rest has a mailing of its own. Where they are sent at several times of the day, each
     * message is given the same time to be reacted to: those of the morning would else have had more of it.
     */
    List<Outcome> outcomes(Run run, Row row) {
        var found = new ArrayList<Outcome>();
        for (int n = 0; n < row.test().variants().size(); n++) {
            found.add(outcome(run.campaign(), row.test().variants().get(n).id(), row.mailings().get(n), row.test().variable() == Variable.SEND_TIME ? row.test().waitsFor() : ALWAYS));
        }
        return found;
    }

    private Outcome outcome(long campaign, String variant, long mailing, Duration within) {
        String its = "WITH its AS MATERIALIZED (SELECT id, customer_id, sent_at, sent_at + make_interval(secs => :within) AS until FROM message WHERE origin_type = 'campaign' AND origin_id = :campaign AND mailing_id = :mailing) ";
        var values = Map.of("campaign", Long.toString(campaign), "mailing", mailing, "within", within.toSeconds());
        var spent = jdbc.sql(its + """
                SELECT sum(o.total) FROM its JOIN customer_order o ON o.customer_id = its.customer_id AND o.kind = 'order' AND o.placed_at >= its.sent_at AND o.placed_at <= its.until GROUP BY its.customer_id""")
                .params(values).query(Double.class).list();
        return jdbc.sql(its + """
                SELECT count(*) AS queued, count(sent_at) AS sent,
                       count(*) FILTER (WHERE sent_at IS NOT NULL AND EXISTS (SELECT FROM engagement e WHERE e.message_id = its.id AND e.at <= its.until AND e.decided AND e.machine IS NULL AND e.kind IN ('open', 'click'))) AS opened,
                       count(*) FILTER (WHERE sent_at IS NOT NULL AND EXISTS (SELECT FROM engagement e WHERE e.message_id = its.id AND e.at <= its.until AND e.decided AND e.machine IS NULL AND e.kind = 'click')) AS clicked
                  FROM its""")
                .params(values).query((row, n) -> new Outcome(variant, row.getLong("queued"), row.getLong("sent"), row.getLong("opened"), row.getLong("clicked"), spent.size(), spent)).single();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(AbTestInput.of(Json.map(row.getString("config"))), Arrays.stream((Long[]) row.getArray("mailings").getArray()).toList(), row.getInt("min_sample_size"), row.getString("status"),
                row.getString("chosen_variant"), row.getString("winning_variant"), row.getString("finding"), row.getString("decided_by"), row.getTimestamp("started_at").toInstant(),
                Campaigns.maybe(row, "completed_at"));
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
