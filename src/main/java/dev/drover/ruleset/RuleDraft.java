package dev.drover.ruleset;

import dev.drover.kernel.Problem;
import dev.drover.ruleset.fact.Budget;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A rule file that isn't in force yet, to be tried. Deciding by it changes nothing, and may be done by many threads. */
public final class RuleDraft {

    private final String path;
    private final RuleSettings settings;
    private final RuleGroup group;
    private final RuleGroup alone;
    private final @Nullable RuleGroup before;

    private RuleDraft(String path, RuleSettings settings, RuleGroup group, RuleGroup alone, @Nullable RuleGroup before) {
        this.path = path;
        this.settings = settings;
        this.group = group;
        this.alone = alone;
        this.before = before;
    }

    /** @param present what decides now; {@code null}: nothing of the group */
    static RuleDraft compile(GroupCompiler compiler, RuleSettings settings, @Nullable RuleGroup present, RuleVersion draft) {
        Map<String, RuleVersion> files = new TreeMap<>(present == null ? Map.of() : present.files());
        List<SwitchedOff> off = present == null ? List.of() : present.off();
        var head = files.get(draft.path());
        var before = head == null ? null : compiler.compileOnly(draft.group(), files.values(), off, draft.path()).orRefuse(List.of(draft.path()));
        files.put(draft.path(), draft);
        return new RuleDraft(draft.path(), settings, compiler.compile(draft.group(), files.values(), off).orRefuse(List.of(draft.path())),
                compiler.compileOnly(draft.group(), files.values(), off, draft.path()).orRefuse(List.of(draft.path())), before);
    }

    /** What all rules of the group would say, the draft in its place. @throws Problem rejected when they take too long */
    public List<Verdict> decide(Collection<?> facts) {
        return decide(group, facts);
    }

    /** What the rules of the draft's file would say. */
    public List<Verdict> ofFile(Collection<?> facts) {
        return ofFile(decide(alone, facts));
    }

    /** What the rules of the file say as it is in force. */
    public List<Verdict> ofFileInForce(Collection<?> facts) {
        return before == null ? List.of() : ofFile(decide(before, facts));
    }

    /** Rules of other files are in it where these ask for their segments. */
    private List<Verdict> ofFile(List<Verdict> verdicts) {
        return verdicts.stream().filter(verdict -> verdict.file().equals(path)).toList();
    }

    private List<Verdict> decide(RuleGroup rules, Collection<?> facts) {
        var most = settings.budget(facts.size());
        try {
            return rules.decide(facts, Budget.elapsed(most));
        } catch (Budget.Overrun overrun) {
            throw Problem.rejected("Rules with %s as it stands here take longer than %d ms on %d facts.".formatted(path, most.toMillis(), facts.size()));
        }
    }
}
