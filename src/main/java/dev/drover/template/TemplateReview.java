package dev.drover.template;

import dev.drover.template.Templates.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the editor says of a template, for whoever is about to send it. */
@Component
public class TemplateReview {

    /** @param serious probably a slip; {@code false}: it could be better @param place such as "HTML, line 4" */
    public record Note(boolean serious, String place, String message) {}

    private final TemplateChecks checks;

    TemplateReview(TemplateChecks checks) {
        this.checks = checks;
    }

    /** Serious ones first. */
    public List<Note> of(Template template) {
        Map<String, String> parts = new LinkedHashMap<>();
        put(parts, "subject", template.subject());
        put(parts, "preheader", template.preheader());
        put(parts, "html", template.html());
        put(parts, "text", template.text());
        var result = checks.of(parts, template.type());
        return Stream.concat(result.problems().stream().map(problem -> new Note(true, place(problem.part(), problem.line()), problem.message())),
                result.warnings().stream().sorted((one, other) -> one.severity().compareTo(other.severity()))
                        .map(finding -> new Note(finding.severity() == Finding.Severity.WARNING, place(finding.part(), finding.line()), finding.message()))).toList();
    }

    private static void put(Map<String, String> parts, String name, @Nullable String source) {
        if (source != null && !source.isBlank()) {
            parts.put(name, source);
        }
    }

    private static String place(String part, int line) {
        return part.equals("html") ? "HTML, line " + line : part;
    }
}
