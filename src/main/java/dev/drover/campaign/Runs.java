package dev.drover.campaign;

import dev.drover.kernel.PlatformClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of how far each sending of a campaign is. */
@Component
class Runs {

    /**
     * @param phase      {@code waiting}, {@code sifting}, {@code queueing}, {@code testing}, {@code sending}, {@code sent}, {@code closed}; {@code refused}, {@code cancelling}, {@code cancelled}
     * @param recipients of the snapshot; when it is sifted, those who are left of it
     * @param sifted     of the snapshot, who was looked at whether they fulfil the conditions, up to {@code siftedTo}
     * @param queuedTo   the last customer who is queued
     * @param mailings   one for each channel, in their order; of a test one for each variant, and when it is decided one for the rest
     * @param openFrom   messages before this one are done with
     * @param decideAt   when a test's wait is over; {@code null}: there is none, or somebody is asked
     * @param moved      how often it was put to another time
     */
    record Run(long campaign, int number, String phase, Instant dueAt, @Nullable Instant begunAt, long recipients, long queued, long queuedTo, @Nullable Instant queuedAt,
            List<Long> mailings, long openFrom, @Nullable Instant endedAt, @Nullable Instant decideAt, int moved, long sifted, long siftedTo) {

        boolean over() {
            return phase.equals("closed") || phase.equals("refused") || phase.equals("cancelled");
        }

        boolean begun() {
            return begunAt != null;
        }
    }

    private static final RowMapper<Run> RUN = (row, n) -> run(row);

    private final JdbcClient jdbc;
    private final PlatformClock clock;

    Runs(JdbcClient jdbc, PlatformClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void plan(long campaign, int number, Instant due, String engine) {
        jdbc.sql("INSERT INTO campaign_run (campaign_id, run, phase, due_at, engine) VALUES (?, ?, 'waiting', ?, ?)").params(campaign, number, Timestamp.from(due), engine).update();
    }

    Optional<Run> find(long campaign, int number) {
        return jdbc.sql("SELECT * FROM campaign_run WHERE campaign_id = ? AND run = ?").params(campaign, number).query(RUN).optional();
    }

    /** Nobody else's to change until the transaction ends. */
    Optional<Run> locked(long campaign, int number) {
        return jdbc.sql("SELECT * FROM campaign_run WHERE campaign_id = ? AND run = ? FOR NO KEY UPDATE").params(campaign, number).query(RUN).optional();
    }

    List<Run> of(long campaign) {
        return jdbc.sql("SELECT * FROM campaign_run WHERE campaign_id = ? ORDER BY run DESC").param(campaign).query(RUN).list();
    }

    /** Those that were begun within this time or are due in it, without what couldn't begin. */
    List<Run> between(Instant from, Instant to) {
        return jdbc.sql("SELECT * FROM campaign_run WHERE coalesce(begun_at, due_at) >= ? AND coalesce(begun_at, due_at) < ? AND phase <> 'refused' ORDER BY campaign_id, run")
                .param(Timestamp.from(from)).param(Timestamp.from(to)).query(RUN).list();
    }

    List<Run> open() {
        return jdbc.sql("SELECT * FROM campaign_run WHERE phase NOT IN ('closed', 'refused', 'cancelled') ORDER BY due_at").query(RUN).list();
    }

    /** Those whose process another engine knows, which is no more: from now on this one's. */
    List<Run> adopt(String engine) {
        return jdbc.sql("UPDATE campaign_run SET engine = ? WHERE phase NOT IN ('closed', 'refused', 'cancelled') AND engine IS DISTINCT FROM ? RETURNING *").params(engine, engine).query(RUN).list();
    }

    void due(Run run, Instant at) {
        jdbc.sql("UPDATE campaign_run SET due_at = ?, moved = moved + 1 WHERE campaign_id = ? AND run = ?").params(Timestamp.from(at), run.campaign(), run.number()).update();
    }

    /** @param sifted whether it has to be looked first who of them fulfils the conditions */
    void begin(Run run, long recipients, List<Long> mailings, boolean sifted) {
        // Its own messages are still to come: those of runs before needn't be looked through for the end of this one.
        jdbc.sql("UPDATE campaign_run SET phase = CASE WHEN ? THEN 'sifting' ELSE 'queueing' END, begun_at = ?, recipients = ?, mailings = ?, open_from = (SELECT coalesce(max(id), 0) FROM message) WHERE campaign_id = ? AND run = ?")
                .params(sifted, now(), recipients, mailings.toArray(Long[]::new), run.campaign(), run.number()).update();
    }

    void sifted(Run run, long more, long to) {
        jdbc.sql("UPDATE campaign_run SET sifted = sifted + ?, sifted_to = ? WHERE campaign_id = ? AND run = ?").params(more, to, run.campaign(), run.number()).update();
    }

    void allSifted(Run run, long left) {
        jdbc.sql("UPDATE campaign_run SET phase = 'queueing', recipients = ? WHERE campaign_id = ? AND run = ? AND phase = 'sifting'").params(left, run.campaign(), run.number()).update();
    }

    /** @return whether it was still to begin, or nothing of it was queued yet */
    boolean refuse(Run run) {
        return jdbc.sql("UPDATE campaign_run SET phase = 'refused', begun_at = NULL, ended_at = ? WHERE campaign_id = ? AND run = ? AND phase IN ('waiting', 'sifting')")
                .params(now(), run.campaign(), run.number()).update() > 0;
    }

    void queued(Run run, long more, long to) {
        jdbc.sql("UPDATE campaign_run SET queued = queued + ?, queued_to = ? WHERE campaign_id = ? AND run = ?").params(more, to, run.campaign(), run.number()).update();
    }

    void allQueued(Run run) {
        jdbc.sql("UPDATE campaign_run SET phase = 'sending', queued_at = ? WHERE campaign_id = ? AND run = ?").params(now(), run.campaign(), run.number()).update();
    }

    /** The test's groups are queued: reactions are waited for, and the snapshot is gone through anew afterwards. */
    void testing(Run run, Instant decideAt) {
        jdbc.sql("UPDATE campaign_run SET phase = 'testing', decide_at = ?, queued_to = 0 WHERE campaign_id = ? AND run = ?").params(Timestamp.from(decideAt), run.campaign(), run.number()).update();
    }

    void asksForDecision(Run run) {
        jdbc.sql("UPDATE campaign_run SET decide_at = NULL WHERE campaign_id = ? AND run = ?").params(run.campaign(), run.number()).update();
    }

    /** It is decided what the rest gets. @param mailing the rest's */
    void rest(Run run, long mailing) {
        jdbc.sql("UPDATE campaign_run SET phase = 'queueing', queued_to = 0, mailings = mailings || ? WHERE campaign_id = ? AND run = ? AND phase = 'testing'").params(mailing, run.campaign(), run.number()).update();
    }

    void openFrom(Run run, long message) {
        jdbc.sql("UPDATE campaign_run SET open_from = greatest(open_from, ?) WHERE campaign_id = ? AND run = ?").params(message, run.campaign(), run.number()).update();
    }

    /** @return whether it was in that phase */
    boolean move(Run run, String from, String to) {
        return jdbc.sql("UPDATE campaign_run SET phase = ?, ended_at = CASE WHEN ? IN ('closed', 'refused', 'cancelled') THEN ?::timestamptz ELSE ended_at END WHERE campaign_id = ? AND run = ? AND phase = ?")
                .params(to, to, now(), run.campaign(), run.number(), from).update() > 0;
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private static Run run(ResultSet row) throws SQLException {
        return new Run(row.getLong("campaign_id"), row.getInt("run"), row.getString("phase"), row.getTimestamp("due_at").toInstant(), Campaigns.maybe(row, "begun_at"), row.getLong("recipients"),
                row.getLong("queued"), row.getLong("queued_to"), Campaigns.maybe(row, "queued_at"), Arrays.stream((Long[]) row.getArray("mailings").getArray()).toList(), row.getLong("open_from"),
                Campaigns.maybe(row, "ended_at"), Campaigns.maybe(row, "decide_at"), row.getInt("moved"), row.getLong("sifted"), row.getLong("sifted_to"));
    }
}
