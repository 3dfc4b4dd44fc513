package dev.drover.template;

import dev.drover.template.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one part of a template and what could be better, by place. */
final class Report {

    /** A mail that is wrong everywhere is mended from the top. */
    private static final int MOST = 100;

    private final String part;
    private final String source;
    private final List<TemplateProblem> problems = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    Report(String part, String source) {
        this.part = part;
        this.source = source;
    }

    void error(int offset, String message) {
        problems.add(TemplateProblem.at(part, source, Math.clamp(offset, 0, source.length()), message));
    }

    void warning(int offset, String message) {
        find(offset, Severity.WARNING, message);
    }

    void hint(int offset, String message) {
        find(offset, Severity.HINT, message);
    }

    private void find(int offset, Severity severity, String message) {
        if (findings.size() < MOST) {
            var place = TemplateProblem.at(part, source, Math.clamp(offset, 0, source.length()), message);
            findings.add(new Finding(part, place.line(), place.column(), severity, message));
        }
    }

    List<TemplateProblem> problems() {
        return problems;
    }

    /** Slips first, each kind in the order of the text. */
    List<Finding> findings() {
        return findings.stream().sorted(Comparator.comparing(Finding::severity).thenComparing(Finding::line).thenComparing(Finding::column)).toList();
    }
}
