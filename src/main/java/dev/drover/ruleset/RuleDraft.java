package dev.drover.ruleset;

import dev.drover.kernel.Problem;
import dev.drover.ruleset.fact.Budget;
import dev.drover.ruleset.language.Explainer;
import dev.drover.ruleset.language.Held;
import dev.drover.ruleset.language.Needing;
import dev.drover.ruleset.language.Rule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A rule file that isn't in force yet, to be tried. Deciding by it changes nothing, and may be done by many threads. */
public final class RuleDraft {

    /** One rule of the draft's file. @param facts what it is about, each with how its conditions turned out */
    public record Told(Rule rule, boolean holds, List<Held> facts) {}

    private final String path;
    private final RuleSettings settings;
    private final RuleGroup group;

    private RuleDraft(String path, RuleSettings settings, RuleGroup group) {
        this.path = path;
        this.settings = settings;
        this.group = group;
    }

    /** @param present what decides now; {@code null}: nothing of the group */
    static RuleDraft compile(GroupCompiler compiler, RuleSettings settings, @Nullable RuleGroup present, RuleVersion draft) {
        Map<String, RuleVersion> files = new TreeMap<>(present == null ? Map.of() : present.files());
        files.put(draft.path(), draft);
        List<SwitchedOff> off = present == null ? List.of() : present.off();
        return new RuleDraft(draft.path(), settings, compiler.compile(draft.group(), files.values(), off).orRefuse(List.of(draft.path())));
    }

    /** The draft's file. */
    public String path() {
        return path;
    }

    /** What the rules of the group read, the draft's among them. */
    public Needs needs() {
        return Needing.of(group.rules().values().stream().flatMap(List::stream).toList());
    }

    /** What all rules of the group would say, the draft in its place. @throws Problem rejected when they take too long */
    public List<Verdict> decide(Collection<?> facts) {
        var most = settings.budget(facts.size());
        try {
            return group.decide(facts, Budget.elapsed(most));
        } catch (Budget.Overrun overrun) {
            throw Problem.rejected("Rules with %s as it stands here take longer than %d ms on %d facts.".formatted(path, most.toMillis(), facts.size()));
        }
    }

    /** Why the draft's own rules say what they say, or don't. */
    public List<Told> explain(Collection<?> facts) {
        return group.rules().getOrDefault(path, List.of()).stream().map(rule -> {
            var held = rule.patterns().stream().map(pattern -> Explainer.explain(pattern, facts)).toList();
            return new Told(rule, held.stream().allMatch(Held::held), held);
        }).toList();
    }
}
