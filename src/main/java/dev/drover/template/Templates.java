package dev.drover.template;

import dev.drover.kernel.Channel;
import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The message templates, by key. */
@Component
public class Templates {

    /**
     * @param type    {@code marketing}, {@code transactional}, {@code notification} or {@code system}
     * @param subject of a mail, or the title of a push
     * @param html    of a mail only
     * @param text    {@code null} for a mail: made from its HTML
     * @param version counts changes
     */
    public record Template(String key, String name, Channel channel, String type, String category, @Nullable String subject,
            @Nullable String preheader, @Nullable String html, @Nullable String text, boolean active, boolean system, int version) {

        public Template withSubject(String other) {
            return new Template(key, name, channel, type, category, other, preheader, html, text, active, system, version);
        }

        Template withActive(boolean other) {
            return new Template(key, name, channel, type, category, subject, preheader, html, text, other, system, version);
        }
    }

    /** A template in the list of all. */
    public record Entry(Template template, Instant changedAt) {}

    /** @param html {@code null} where the channel has none */
    public record Rendered(@Nullable String subject, @Nullable String preheader, @Nullable String html, String text) {}

    private static final RowMapper<Template> TEMPLATE = (row, n) -> new Template(row.getString("key"), row.getString("name"),
            Channel.of(row.getString("channel")), row.getString("type"), row.getString("category"), row.getString("subject"), row.getString("preheader"),
            row.getString("html"), row.getString("text"), row.getBoolean("active"), row.getBoolean("system"), row.getInt("version"));

    private final JdbcClient jdbc;
    private final Renderer renderer;
    private final TemplateVersions versions;
    private final ObjectProvider<TemplateUse> uses;
    private final PlatformClock clock;

    Templates(JdbcClient jdbc, Renderer renderer, TemplateVersions versions, ObjectProvider<TemplateUse> uses, PlatformClock clock) {
        this.jdbc = jdbc;
        this.renderer = renderer;
        this.versions = versions;
        this.uses = uses;
        this.clock = clock;
    }

    public Optional<Template> find(String key) {
        return jdbc.sql("SELECT * FROM message_template WHERE key = ?").param(key).query(TEMPLATE).optional();
    }

    /** @throws Problem not found, naming the key */
    public Template require(String key) {
        return find(key).orElseThrow(() -> Problem.notFound("There is no template '" + key + "'."));
    }

    /** A text that isn't saved yet, to be looked at as it is. */
    public Template drafted(TemplateDraft draft) {
        var input = draft.input(null);
        return new Template(Objects.requireNonNullElse(draft.key(), ""), Objects.requireNonNullElse(draft.name(), ""), Channel.of(Objects.requireNonNullElse(draft.channel(), "email")),
                Objects.requireNonNullElse(draft.type(), "marketing"), Objects.requireNonNullElse(input.category(), "marketing"), input.subject(), input.preheader(), input.html(),
                input.html() == null ? Objects.requireNonNullElse(input.text(), "") : input.text(), true, false, 0);
    }

    public List<Template> all() {
        return catalogue().stream().map(Entry::template).toList();
    }

    /** All, by channel and key. */
    public List<Entry> catalogue() {
        return jdbc.sql("SELECT * FROM message_template ORDER BY channel, key")
                .query((row, n) -> new Entry(TEMPLATE.mapRow(row, n), row.getTimestamp("updated_at").toInstant())).list();
    }

    /** What marketing is about, as its templates say: what a customer may leave out. */
    public List<String> marketingCategories() {
        return jdbc.sql("SELECT DISTINCT category FROM message_template WHERE type = 'marketing' AND active ORDER BY category").query(String.class).list();
    }

    /** The names of what the template takes from its data, such as {@code customer.firstName}, sorted. */
    public SortedSet<String> mergeTags(Template template) {
        return renderer.mergeTags(template);
    }

    /** What the template asks of its data, so that only that need be looked up. */
    public Needs needs(Template template) {
        return renderer.needs(template);
    }

    /**
     * @param data plain maps, lists and values
     * @throws Problem rejected, with line and column, when the template fails on this data
     */
    public Rendered render(Template template, Map<String, Object> data) {
        return renderer.render(template, data);
    }

    /**
     * Adds a template that the caller has checked.
     *
     * @param design what an editor keeps for itself
     * @throws Problem conflict when its key is taken
     */
    @Transactional
    Template create(Template template, @Nullable Map<String, Object> design, TemplateEdit edit) {
        lock(template.key());
        if (find(template.key()).isPresent()) {
            throw Problem.conflict("There is a template '" + template.key() + "' already. Change that one, or choose another key.");
        }
        return keep(template, design, edit);
    }

    /**
     * Puts another text in the place of a template's. A journey may be sending by it right now: the channel stays.
     *
     * @param since the version that the change began with; {@code null}: whatever is there
     * @throws Problem not found, rejected for another channel, conflict when somebody else changed it since
     */
    @Transactional
    Template change(Template template, @Nullable Map<String, Object> design, TemplateEdit edit, @Nullable Integer since) {
        lock(template.key());
        var before = require(template.key());
        if (before.channel() != template.channel()) {
            throw Problem.invalid("channel", "'%s' is a template for %s, and stays one: make another for %s."
                    .formatted(before.key(), before.channel().key(), template.channel().key()));
        }
        if (since != null && since != before.version()) {
            throw Problem.conflict("Somebody else changed this template meanwhile: it is at version %d, you began with version %d.".formatted(before.version(), since));
        }
        if (before.active() && !template.active()) {
            mustBeUnused(before.key());
        }
        return keep(template, design, edit);
    }

    /** @throws Problem not found; conflict when it is to be switched off and something sends by it */
    @Transactional
    Template switchTo(String key, boolean active, TemplateEdit edit) {
        var now = require(key);
        return now.active() == active ? now : change(now.withActive(active), design(key).orElse(null), edit, null);
    }

    /** @throws Problem conflict when the copy's key is taken */
    @Transactional
    Template copy(Template original, String key, String name, TemplateEdit edit) {
        return create(new Template(key, name, original.channel(), original.type(), original.category(), original.subject(), original.preheader(),
                original.html(), original.text(), original.active(), false, 1), design(original.key()).orElse(null), edit);
    }

    /** Newest first. */
    List<TemplateVersions.Version> versions(String key) {
        require(key);
        return versions.of(key);
    }

    /**
     * What that version said becomes the newest.
     *
     * @throws Problem not found, naming what is missing
     */
    @Transactional
    Template rollBack(String key, int number, String author) {
        var version = versions.require(key, number);
        return change(version.template(), version.design(), TemplateEdit.rollback(author, number), null);
    }

    Optional<Map<String, Object>> design(String key) {
        return jdbc.sql("SELECT design FROM message_template WHERE key = ? AND design IS NOT NULL").param(key).query(String.class).optional().map(Json::map);
    }

    private void lock(String key) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('template'), hashtext(?))").param(key).query(row -> { });
    }

    /** Adds the template or puts it in the place of the one with its key. The caller has checked it. */
    @Transactional
    public Template save(Template template) {
        lock(template.key());
        return keep(template, null, TemplateEdit.SHIPPED);
    }

    private Template keep(Template template, @Nullable Map<String, Object> design, TemplateEdit edit) {
        var now = Timestamp.from(clock.instant());
        var kept = jdbc.sql("""
                INSERT INTO message_template (key, name, channel, type, category, subject, preheader, html, text, design, active, system, created_at, updated_at)
                VALUES (:key, :name, :channel, :type, :category, :subject, :preheader, :html, :text, :design::jsonb, :active, :system, :now, :now)
                ON CONFLICT (key) DO UPDATE SET name = :name, channel = :channel, type = :type, category = :category, subject = :subject,
                       preheader = :preheader, html = :html, text = :text, design = :design::jsonb, active = :active, version = message_template.version + 1, updated_at = :now
                RETURNING *""")
                .param("key", template.key()).param("name", template.name()).param("channel", template.channel().key()).param("type", template.type())
                .param("category", template.category()).param("subject", template.subject()).param("preheader", template.preheader())
                .param("html", template.html()).param("text", template.text()).param("design", design == null ? null : Json.write(design))
                .param("active", template.active()).param("system", template.system()).param("now", now).query(TEMPLATE).single();
        versions.append(template.key(), edit);
        return kept;
    }

    /**
     * Puts a shipped template in, unless this one is there already or somebody changed the earlier one.
     *
     * @param fingerprint of what is shipped
     */
    @Transactional
    void ship(Template template, String fingerprint) {
        record State(@Nullable String shipped, int version, int shippedVersion) {}
        var state = jdbc.sql("SELECT shipped, version, shipped_version FROM message_template WHERE key = ?").param(template.key())
                .query((row, n) -> new State(row.getString(1), row.getInt(2), row.getInt(3))).optional();
        boolean leave = state.isPresent() && (fingerprint.equals(state.get().shipped()) || state.get().version() != state.get().shippedVersion());
        if (!leave) {
            int version = keep(template, null, TemplateEdit.SHIPPED).version();
            jdbc.sql("UPDATE message_template SET shipped = ?, shipped_version = ?, system = true WHERE key = ?")
                    .param(fingerprint).param(version).param(template.key()).update();
        }
    }

    /** @throws Problem not found; conflict for a system template, and while something sends by it */
    @Transactional
    public void delete(String key) {
        if (require(key).system()) {
            throw Problem.conflict("'" + key + "' is shipped with Drover and journeys count on it: change it, or make a copy.");
        }
        mustBeUnused(key);
        jdbc.sql("DELETE FROM message_template WHERE key = ?").param(key).update();
    }

    private void mustBeUnused(String key) {
        var users = usesOf(key);
        if (!users.isEmpty()) {
            throw Problem.conflict("'%s' is still used by %s.".formatted(key, String.join(", ", users)));
        }
    }

    /** Who sends by it, in words. */
    List<String> usesOf(String key) {
        return uses.orderedStream().flatMap(use -> use.of(key).stream()).toList();
    }
}
