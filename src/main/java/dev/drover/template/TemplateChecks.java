package dev.drover.template;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Everything that can be told of a template before it is sent: what keeps it from being saved, and what could be better. */
@Component
class TemplateChecks {

    /** The reference's limit for a mail; Gmail cuts off what is behind {@link #CLIPPED}, the link to unsubscribe too. */
    static final int MOST_HTML = 100 * 1_024;
    static final int CLIPPED = 102 * 1_024;
    private static final int NEARLY = 80 * 1_024;

    /** @param bytes of all parts together, in UTF-8, before any data */
    record Result(List<TemplateProblem> problems, List<Finding> warnings, SortedSet<String> mergeTags, int bytes) {}

    private final Renderer renderer;
    private final ObjectProvider<TemplateVocabulary> vocabularies;

    TemplateChecks(Renderer renderer, ObjectProvider<TemplateVocabulary> vocabularies) {
        this.renderer = renderer;
        this.vocabularies = vocabularies;
    }

    /** @param type {@code null}: nobody said; then nothing is asked of it that only marketing needs */
    Result of(Map<String, String> parts, @Nullable String type) {
        var problems = new ArrayList<TemplateProblem>();
        var warnings = new ArrayList<Finding>();
        var words = vocabularies.orderedStream().toList();
        var names = new MergeTagChecks(words.stream().flatMap(one -> one.tags().stream()).toList(), key -> words.stream().anyMatch(one -> one.knowsSegment(key)));
        parts.forEach((part, source) -> {
            var report = new Report(part, source);
            problems.addAll(checkPart(part, source, report));
            if (problems.isEmpty()) {
                names.check(source, report);
                whole(part, source, parts, type, report);
                warnings.addAll(report.findings());
            }
        });
        int bytes = parts.values().stream().mapToInt(TemplateChecks::bytes).sum();
        return new Result(problems, warnings, problems.isEmpty() ? renderer.mergeTags(List.copyOf(parts.values())) : new TreeSet<>(), bytes);
    }

    /** What keeps a part from being saved. */
    List<TemplateProblem> errors(String part, String source) {
        return checkPart(part, source, new Report(part, source));
    }

    private List<TemplateProblem> checkPart(String part, String source, Report report) {
        var found = renderer.check(part, source);
        if (!found.isEmpty() || !part.equals("html")) {
            return found;
        }
        if (bytes(source) > MOST_HTML) {
            report.error(0, "The HTML is %d KB, more than the 100 KB a mail may have. Gmail cuts off what is behind 102 KB.".formatted(kilobytes(source)));
            return report.problems();
        }
        var markup = Markup.of(source);
        LinkChecks.check(markup, report);
        MarkupChecks.check(markup, report);
        AccessibilityChecks.check(styled(source, markup), report);
        return report.problems();
    }

    /** Colours are looked at where the style sheet has been written into the elements; places stay those of the source, line by line. */
    private static Markup styled(String source, Markup markup) {
        String inlined = CssInliner.inlined(markup);
        return inlined.equals(source) ? markup : Markup.of(inlined);
    }

    private static void whole(String part, String source, Map<String, String> parts, @Nullable String type, Report report) {
        switch (part) {
            case "html" -> {
                if (bytes(source) > NEARLY) {
                    report.warning(0, "The HTML is %d KB before any data. Gmail cuts off what is behind 102 KB.".formatted(kilobytes(source)));
                }
                if ("marketing".equals(type) && !source.contains("links.unsubscribe")) {
                    report.warning(source.length(), "A marketing mail has to say how to unsubscribe: link to {{links.unsubscribe}}.");
                }
                if ("marketing".equals(type) && !source.contains("sender.address")) {
                    report.warning(source.length(), "A marketing mail has to bear the sender's postal address: {{sender.address}}.");
                }
            }
            case "subject" -> {
                if (parts.containsKey("html") && Markup.blanked(source).length() > 90) {
                    report.hint(0, "Phones show some 40 characters of a subject; these are %d.".formatted(source.length()));
                }
            }
            case "text" -> {
                if ("marketing".equals(type) && !parts.containsKey("subject") && !source.contains("links.unsubscribe") && !source.contains("STOP")) {
                    report.hint(source.length(), "Say how to stop these messages: {{links.unsubscribe}}.");
                }
            }
            default -> { }
        }
    }

    private static int kilobytes(String source) {
        return (bytes(source) + 1_023) / 1_024;
    }

    static int bytes(String source) {
        return source.getBytes(StandardCharsets.UTF_8).length;
    }
}
