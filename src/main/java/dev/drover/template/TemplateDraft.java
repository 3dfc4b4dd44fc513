package dev.drover.template;

import dev.drover.template.Templates.Template;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A template as its page sends it; all of it stays in the page when it can't be saved.
 *
 * @param key     chosen once
 * @param version that the change began with; {@code null} or 0: there is no such template yet
 * @param note    what was changed, and why
 */
public record TemplateDraft(@Nullable String key, @Nullable String name, @Nullable String channel, @Nullable String type, @Nullable String category, @Nullable String subject,
        @Nullable String preheader, @Nullable String html, @Nullable String text, @Nullable Boolean active, @Nullable Integer version, @Nullable String note) {

    static TemplateDraft of(Template template) {
        return new TemplateDraft(template.key(), template.name(), template.channel().key(), template.type(), template.category(), template.subject(), template.preheader(),
                template.html(), template.text(), template.active(), template.version(), "");
    }

    public boolean isNew() {
        return version == null || version == 0;
    }

    TemplateDraft withVersion(int other) {
        return new TemplateDraft(key, name, channel, type, category, subject, preheader, html, text, active, other, note);
    }

    /** Of what a channel doesn't have nothing is kept, and a field that was left empty says nothing. */
    TemplateInput input(@Nullable Map<String, Object> design) {
        boolean mail = "email".equals(channel);
        return new TemplateInput(said(key), name, channel, type, said(category), "sms".equals(channel) ? null : said(subject), mail ? said(preheader) : null, mail ? said(html) : null,
                said(text), design, active);
    }

    String noteOrNothing() {
        return Objects.requireNonNullElse(note, "");
    }

    /** Forms send line ends as two characters. */
    static @Nullable String said(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.replace("\r\n", "\n");
    }
}
