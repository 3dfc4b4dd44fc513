package dev.drover.campaign;

import dev.drover.campaign.Campaign.Audience;
import dev.drover.campaign.Campaign.Content;
import dev.drover.campaign.Campaign.Settings;
import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The campaigns' rows. */
@Component
public class Campaigns {

    private final JdbcClient jdbc;
    private final PlatformClock clock;

    Campaigns(JdbcClient jdbc, PlatformClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public Optional<Campaign> find(long id) {
        return jdbc.sql("SELECT * FROM email_campaign WHERE id = ?").param(id).query((row, n) -> campaign(row)).optional();
    }

    /** @throws Problem not found */
    public Campaign require(long id) {
        return find(id).orElseThrow(() -> Problem.notFound("There is no campaign " + id + "."));
    }

    /** The same, nobody else's to change until the transaction ends. */
    Campaign locked(long id) {
        return lockedIfThere(id).orElseThrow(() -> Problem.notFound("There is no campaign " + id + "."));
    }

    Optional<Campaign> lockedIfThere(long id) {
        // Its number stays: what is written down to be told of it needn't wait, and so can't wait for a run's lock in turn.
        return jdbc.sql("SELECT * FROM email_campaign WHERE id = ? FOR NO KEY UPDATE").param(id).query((row, n) -> campaign(row)).optional();
    }

    /** Newest first. @param state {@code null}: whatever @param before only ids below */
    List<Campaign> list(@Nullable CampaignState state, long before, int limit) {
        return jdbc.sql("SELECT * FROM email_campaign WHERE id < ? AND (?::text IS NULL OR status = ?) ORDER BY id DESC LIMIT ?")
                .params(before, state == null ? null : state.key(), state == null ? null : state.key(), limit).query((row, n) -> campaign(row)).list();
    }

    List<Campaign> of(Collection<Long> ids) {
        return jdbc.sql("SELECT * FROM email_campaign WHERE id = ANY(?)").param(ids.toArray(Long[]::new)).query((row, n) -> campaign(row)).list();
    }

    /** Those that go on to come again and again. */
    List<Campaign> recurring() {
        return jdbc.sql("SELECT * FROM email_campaign WHERE campaign_type = 'automated' AND status IN ('scheduled', 'running', 'paused') ORDER BY id").query((row, n) -> campaign(row)).list();
    }

    /** @throws Problem rejected when there is one of that name */
    @Transactional
    Campaign create(Draft draft, String author) {
        Timestamp now = now();
        long id = named(() -> jdbc.sql("""
                INSERT INTO email_campaign (name, description, campaign_type, scheduled_date, target_audience, template, subject_line, preview_text, from_name, from_email,
                                            reply_to_email, settings, ab_test_config, created_by, created_at, updated_at)
                VALUES (:name, :description, :type, :scheduled, :audience::jsonb, :template, :subject, :preheader, :fromName, :fromEmail, :replyTo, :settings::jsonb,
                        :experiment::jsonb, :author, :now, :now) RETURNING id""")
                .params(values(draft)).param("author", author).param("now", now).query(Long.class).single());
        return require(id);
    }

    /** @throws Problem rejected when there is another one of that name */
    @Transactional
    Campaign change(long id, Draft draft) {
        named(() -> jdbc.sql("""
                UPDATE email_campaign SET name = :name, description = :description, campaign_type = :type, scheduled_date = :scheduled, target_audience = :audience::jsonb,
                       template = :template, subject_line = :subject, preview_text = :preheader, from_name = :fromName, from_email = :fromEmail, reply_to_email = :replyTo,
                       settings = :settings::jsonb, ab_test_config = :experiment::jsonb, problem = NULL, updated_at = :now
                 WHERE id = :id""").params(values(draft)).param("id", id).param("now", now()).update());
        return require(id);
    }

    void delete(long id) {
        jdbc.sql("DELETE FROM email_campaign WHERE id = ?").param(id).update();
    }

    /** Whom it names one by one, instead of whom it named before. */
    @Transactional
    void list(long id, Collection<Long> customers) {
        jdbc.sql("DELETE FROM campaign_list WHERE campaign_id = ?").param(id).update();
        jdbc.sql("INSERT INTO campaign_list SELECT ?, customer FROM unnest(?) AS t (customer) ON CONFLICT DO NOTHING").param(id).param(customers.toArray(Long[]::new)).update();
    }

    void copyList(long from, long to) {
        jdbc.sql("INSERT INTO campaign_list SELECT ?, customer_id FROM campaign_list WHERE campaign_id = ? ON CONFLICT DO NOTHING").param(to).param(from).update();
    }

    /** External ids of whom it names. */
    List<String> names(long id) {
        return jdbc.sql("SELECT c.external_id FROM campaign_list l JOIN customer c ON c.id = l.customer_id WHERE l.campaign_id = ? ORDER BY c.external_id").param(id).query(String.class).list();
    }

    /** All campaigns' names, in small letters. */
    Set<String> names() {
        return Set.copyOf(jdbc.sql("SELECT lower(name) FROM email_campaign").query(String.class).list());
    }

    long listed(long id) {
        return jdbc.sql("SELECT count(*) FROM campaign_list WHERE campaign_id = ?").param(id).query(Long.class).single();
    }

    void move(long id, CampaignState state, @Nullable String problem) {
        jdbc.sql("""
                UPDATE email_campaign SET status = :state, problem = :problem, updated_at = :now, start_date = CASE WHEN :state = 'running' THEN coalesce(start_date, :now::timestamptz) ELSE start_date END,
                       end_date = CASE WHEN :state IN ('completed', 'cancelled') THEN :now::timestamptz END WHERE id = :id""")
                .param("state", state.key()).param("problem", problem).param("now", now()).param("id", id).update();
    }

    void plan(long id, int run, Instant at) {
        jdbc.sql("UPDATE email_campaign SET run = ?, scheduled_date = ? WHERE id = ?").param(run).param(Timestamp.from(at)).param(id).update();
    }

    private static <T> T named(java.util.function.Supplier<T> write) {
        try {
            return write.get();
        } catch (DuplicateKeyException taken) {
            throw Problem.invalid("name", "There is a campaign of that name already: choose another, so that nobody takes one for the other.");
        }
    }

    private static java.util.Map<String, Object> values(Draft draft) {
        var values = new java.util.HashMap<String, Object>();
        values.put("name", draft.name());
        values.put("description", draft.description());
        values.put("type", draft.type().key());
        values.put("scheduled", draft.scheduledAt() == null ? null : Timestamp.from(draft.scheduledAt()));
        values.put("audience", Json.write(draft.audience()));
        values.put("template", draft.content().template());
        values.put("subject", draft.content().subject());
        values.put("preheader", draft.content().preheader());
        values.put("fromName", draft.content().fromName());
        values.put("fromEmail", draft.content().fromEmail());
        values.put("replyTo", draft.content().replyTo());
        values.put("settings", Json.write(draft.settings()));
        values.put("experiment", draft.experiment() == null ? null : Json.write(draft.experiment()));
        return values;
    }

    private static Campaign campaign(ResultSet row) throws SQLException {
        String experiment = row.getString("ab_test_config");
        return new Campaign(row.getLong("id"), row.getString("name"), row.getString("description"), Campaign.Type.valueOf(row.getString("campaign_type").toUpperCase(Locale.ROOT)),
                CampaignState.of(row.getString("status")), maybe(row, "scheduled_date"), maybe(row, "start_date"), maybe(row, "end_date"),
                Json.read(row.getString("target_audience"), Audience.class),
                new Content(row.getString("template"), row.getString("subject_line"), row.getString("preview_text"), row.getString("from_name"), row.getString("from_email"),
                        row.getString("reply_to_email")),
                Json.read(row.getString("settings"), Settings.class), experiment == null ? null : Json.map(experiment), row.getInt("run"), row.getString("problem"), row.getString("created_by"),
                row.getTimestamp("created_at").toInstant(), row.getTimestamp("updated_at").toInstant());
    }

    static @Nullable Instant maybe(ResultSet row, String column) throws SQLException {
        var at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
