package dev.drover.template;

import dev.drover.kernel.Channel;
import dev.drover.kernel.Checks;
import dev.drover.kernel.Problem;
import dev.drover.template.Templates.Template;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A template as the API takes it.
 *
 * @param type     {@code marketing} where nothing is said: the stricter way
 * @param category of the preference centre; the type where nothing is said
 * @param design   what an editor keeps for itself
 */
record TemplateInput(@Nullable String key, @Nullable String name, @Nullable String channel, @Nullable String type, @Nullable String category,
        @Nullable String subject, @Nullable String preheader, @Nullable String html, @Nullable String text, @Nullable Map<String, Object> design,
        @Nullable Boolean active) {

    static final Pattern KEY = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?");
    static final List<String> TYPES = List.of("marketing", "transactional", "notification", "system");
    private static final Pattern CATEGORY = Pattern.compile("[a-z0-9][a-z0-9_-]{0,49}");
    private static final int MOST_DESIGN = 1_024 * 1_024;

    /** @throws Problem rejected with everything that is wrong, field by field; in texts with line and column */
    Template checked(String key, TemplateChecks texts) {
        var checks = new Checks();
        checkKey(checks, "key", key);
        checks.required("name", name).atMost("name", name, 200).required("channel", channel).json("design", design, MOST_DESIGN);
        if (type != null && !TYPES.contains(type)) {
            checks.fail("type", "There is no type '" + shown(type) + "'. Use " + String.join(", ", TYPES) + ".");
        }
        if (category != null && !CATEGORY.matcher(category).matches()) {
            checks.fail("category", "A category is up to 50 small letters, digits, - and _.");
        }
        Channel way = channel(checks);
        checkParts(checks, way, texts);
        checks.orThrow();
        String kind = Objects.requireNonNullElse(type, "marketing");
        return new Template(key, Objects.requireNonNull(name).strip(), Objects.requireNonNull(way), kind, Objects.requireNonNullElse(category, kind), subject,
                preheader, html, text, !Boolean.FALSE.equals(active), false, 1);
    }

    static void checkKey(Checks checks, String field, @Nullable String key) {
        checks.required(field, key);
        if (key != null && !key.isBlank() && !KEY.matcher(key).matches()) {
            checks.fail(field, "A key is up to 100 small letters, digits, -, . and _, such as welcome-1.");
        }
    }

    /** @throws Problem rejected */
    static String checkedKey(@Nullable String key) {
        var checks = new Checks();
        checkKey(checks, "key", key);
        checks.orThrow();
        return Objects.requireNonNull(key);
    }

    /** @throws Problem rejected */
    static String checkedName(@Nullable String name) {
        new Checks().required("name", name).atMost("name", name, 200).orThrow();
        return Objects.requireNonNull(name).strip();
    }

    private @Nullable Channel channel(Checks checks) {
        try {
            return channel == null || channel.isBlank() ? null : Channel.of(channel);
        } catch (Problem problem) {
            checks.fail("channel", Objects.requireNonNull(problem.getMessage()));
            return null;
        }
    }

    private void checkParts(Checks checks, @Nullable Channel way, TemplateChecks texts) {
        checks.atMost("subject", subject, 500).atMost("preheader", preheader, 500).printable("html", html).printable("text", text);
        if (way == Channel.EMAIL) {
            checks.required("subject", subject);
            if (blank(html) && blank(text)) {
                checks.fail("html", "A mail needs html, or text.");
            }
        } else if (way != null) {
            checks.required("text", text);
            if (html != null) {
                checks.fail("html", "Only a mail has html.");
            }
        }
        parts().forEach((part, source) -> texts.errors(part, source).forEach(problem -> checks.fail(part, problem.inWords())));
    }

    /** Those that are there, by name. */
    Map<String, String> parts() {
        var parts = new java.util.LinkedHashMap<String, String>();
        parts.put("subject", subject);
        parts.put("preheader", preheader);
        parts.put("html", html);
        parts.put("text", text);
        parts.values().removeIf(Objects::isNull);
        return parts;
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static String shown(String value) {
        return value.length() > 40 ? value.substring(0, 40) + "…" : value;
    }
}
