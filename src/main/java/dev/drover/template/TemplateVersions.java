package dev.drover.template;

import dev.drover.kernel.Channel;
import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.template.Templates.Template;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What templates said, version by version. */
@Component
class TemplateVersions {

    record Version(Template template, @Nullable Map<String, Object> design, TemplateEdit edit, Instant at) {}

    private final JdbcClient jdbc;
    private final PlatformClock clock;

    TemplateVersions(JdbcClient jdbc, PlatformClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** In the transaction that changed the template. */
    void append(String key, TemplateEdit edit) {
        jdbc.sql("""
                INSERT INTO message_template_version (key, version, name, type, category, subject, preheader, html, text, design, active, author, at, note, origin)
                SELECT key, version, name, type, category, subject, preheader, html, text, design, active, ?, ?, ?, ? FROM message_template WHERE key = ?""")
                .params(edit.author(), Timestamp.from(clock.instant()), edit.note(), edit.origin(), key).update();
    }

    /** Newest first. */
    List<Version> of(String key) {
        return jdbc.sql("""
                SELECT v.*, t.channel, t.system FROM message_template_version v JOIN message_template t ON t.key = v.key
                 WHERE v.key = ? ORDER BY v.version DESC""").param(key).query((row, n) -> {
            var template = new Template(key, row.getString("name"), Channel.of(row.getString("channel")), row.getString("type"), row.getString("category"),
                    row.getString("subject"), row.getString("preheader"), row.getString("html"), row.getString("text"), row.getBoolean("active"),
                    row.getBoolean("system"), row.getInt("version"));
            String design = row.getString("design");
            return new Version(template, design == null ? null : Json.map(design), new TemplateEdit(row.getString("author"), row.getString("origin"), row.getString("note")),
                    row.getTimestamp("at").toInstant());
        }).list();
    }

    /** @throws Problem not found, naming the version */
    Version require(String key, int number) {
        return of(key).stream().filter(version -> version.template().version() == number).findFirst()
                .orElseThrow(() -> Problem.notFound("There is no version %d of '%s'.".formatted(number, key)));
    }
}
