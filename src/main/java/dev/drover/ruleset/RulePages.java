package dev.drover.ruleset;

import dev.drover.kernel.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** The rule files, and what is wrong in them. */
@Controller
@RequestMapping("/rules")
class RulePages {

    /** @param deciding its rules in force, with what their author says of them */
    record Group(String name, String purpose, boolean inForce, List<Entry> files) {}

    record Entry(RuleFile file, List<RuleText> rules) {}

    record Line(int number, String text, List<RuleProblem> problems) {}

    private final Rulesets rulesets;

    RulePages(Rulesets rulesets) {
        this.rulesets = rulesets;
    }

    @GetMapping
    String list(Model model) {
        Map<String, List<RuleFile>> byGroup = new LinkedHashMap<>();
        rulesets.files().forEach(file -> byGroup.computeIfAbsent(file.group(), group -> new ArrayList<>()).add(file));
        model.addAttribute("groups", byGroup.entrySet().stream().map(group -> group(group.getKey(), group.getValue())).toList());
        return "ruleset/list";
    }

    private Group group(String name, List<RuleFile> files) {
        var rules = rulesets.rules(name);
        return new Group(name, purpose(name), !rules.isEmpty(),
                files.stream().map(file -> new Entry(file, rules.stream().filter(rule -> rule.file().equals(file.path())).toList())).toList());
    }

    @GetMapping("/{group}/{name}")
    String one(@PathVariable String group, @PathVariable String name, Model model) {
        var file = rulesets.file(group + "/" + name).orElseThrow(() -> Problem.notFound("There is no rule file '%s/%s'.".formatted(group, name)));
        model.addAttribute("file", file);
        // What is wrong in a decision table is told by the rows of its sheet.
        model.addAttribute("lines", lines(file.isTable() ? String.join("\n", rulesets.table(file).stream().map(row -> String.join(" | ", row)).toList()) : file.source(),
                file.problems()));
        model.addAttribute("deciding", file.isInForce() || file.inForce() == null ? null : lines(file.inForce(), List.of()));
        return "ruleset/file";
    }

    private static List<Line> lines(@Nullable String source, List<RuleProblem> problems) {
        var lines = new ArrayList<Line>();
        String[] texts = (source == null ? "" : source.stripTrailing()).split("\r?\n", -1);
        for (int n = 1; n <= texts.length; n++) {
            int number = n;
            boolean last = n == texts.length;
            lines.add(new Line(n, texts[n - 1], problems.stream().filter(problem -> problem.line() == number || last && problem.line() > number).toList()));
        }
        return lines;
    }

    private static String purpose(String group) {
        return switch (group) {
            case "segments" -> "Who belongs to which segment.";
            case "eligibility" -> "Whether a message may be sent: now, later or not at all.";
            default -> "";
        };
    }
}
