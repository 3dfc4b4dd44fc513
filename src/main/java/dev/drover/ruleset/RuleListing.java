package dev.drover.ruleset;

import dev.drover.ruleset.language.Doubts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rule files as somebody wants to see them: those that decide and those in the folder, side by side. */
record RuleListing(Snapshot inForce, FolderLook look) {

    private static final List<RuleProblem> WAITING = List.of(RuleProblem.error(1, 1, "Good by itself, but not in force: another file of this folder has mistakes."));

    List<RuleFile> files() {
        var paths = new TreeSet<>(inForce.heads().keySet());
        // What was taken away here and still lies in the folder stays away until it changes there.
        look.files().forEach((path, seen) -> {
            if (!seen.problems().isEmpty() || seen.waiting()) {
                paths.add(path);
            }
        });
        return paths.stream().map(this::file).toList();
    }

    private RuleFile file(String path) {
        String name = RulePath.group(path);
        var group = inForce.groups().get(name);
        var head = inForce.heads().get(path);
        var seen = look.files().get(path);
        var deciding = group == null ? null : group.files().get(path);
        if (seen != null && (head == null || !seen.problems().isEmpty())) {
            return new RuleFile(path, name, seen.content().source(), seen.problems().isEmpty() ? WAITING : seen.problems(), deciding, RuleFile.Folder.SAME);
        }
        String source = head.rules().text();
        return new RuleFile(path, name, source, problems(head, group), deciding,
                seen == null ? RuleFile.Folder.ABSENT : seen.content().source().equals(source) ? RuleFile.Folder.SAME : RuleFile.Folder.DIFFERS);
    }

    private List<RuleProblem> problems(RuleVersion head, @Nullable RuleGroup group) {
        if (group == null || !head.equals(group.files().get(head.path()))) {
            return inForce.broken().getOrDefault(head.group(), Map.of()).getOrDefault(head.path(), List.of());
        }
        var problems = new ArrayList<>(Doubts.of(head.rules().script().rules()));
        for (SwitchedOff off : group.off()) {
            if (off.path().equals(head.path())) {
                int line = head.rules().script().rules().stream().filter(rule -> rule.name().equals(off.rule())).mapToInt(rule -> rule.place().line()).findFirst().orElse(1);
                problems.add(new RuleProblem(line, 1, "warning", "This rule is switched off since %s: %s".formatted(off.at(), off.reason())));
            }
        }
        return problems;
    }
}
