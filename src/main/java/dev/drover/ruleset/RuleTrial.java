package dev.drover.ruleset;

import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.language.Layers;
import dev.drover.ruleset.language.Layers.Member;
import dev.drover.ruleset.language.Needing;
import dev.drover.ruleset.language.Rule;
import dev.drover.ruleset.language.Trial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a rule file that isn't in force yet would change about segments, tried upon customers one by one. May be used by many threads.
 */
public final class RuleTrial {

    private final String path;
    private final Set<String> own;
    private final Set<String> segments;
    private final Trial now;
    private final Trial then;

    private RuleTrial(String path, Set<String> own, Set<String> segments, Trial now, Trial then) {
        this.path = path;
        this.own = own;
        this.segments = segments;
        this.now = now;
        this.then = then;
    }

    /**
     * @param present what decides now; {@code null}: nothing
     * @param draft   {@code null}: what decides stays as it is, and all of its segments are asked for
     * @throws RulesRefused when the draft can't be understood, or asks in a circle
     */
    static RuleTrial of(@Nullable RuleGroup present, @Nullable RuleSource draft) {
        var before = present == null ? List.<Member>of() : members(present.rules());
        if (draft == null) {
            var all = entered(before);
            var trial = Trial.of(before, all);
            return new RuleTrial("", all, all, trial, trial);
        }
        var script = draft.script();
        if (!script.understood()) {
            throw new RulesRefused(draft.path(), script.problems());
        }
        var after = new ArrayList<>(before.stream().filter(member -> !member.file().equals(draft.path())).toList());
        after.addAll(script.rules().stream().map(rule -> new Member(draft.path(), rule)).toList());
        refuseCircles(draft.path(), after);
        var own = entered(after.stream().filter(member -> member.file().equals(draft.path())).toList());
        var changed = new LinkedHashSet<>(own);
        changed.addAll(entered(before.stream().filter(member -> member.file().equals(draft.path())).toList()));
        var segments = Trial.touchedBy(Trial.touchedBy(changed, after), before);
        return new RuleTrial(draft.path(), own, segments, Trial.of(before, segments), Trial.of(after, segments));
    }

    private static List<Member> members(Map<String, List<Rule>> rules) {
        return rules.entrySet().stream().flatMap(file -> file.getValue().stream().map(rule -> new Member(file.getKey(), rule))).toList();
    }

    private static Set<String> entered(Collection<Member> members) {
        var keys = new LinkedHashSet<String>();
        members.forEach(member -> keys.addAll(member.rule().enters()));
        return keys;
    }

    private static void refuseCircles(String path, List<Member> members) {
        var problems = Layers.of(members, Set.of()).problems().values().stream().flatMap(List::stream).filter(problem -> problem.severity().equals("error")).toList();
        if (!problems.isEmpty()) {
            throw new RulesRefused(path, problems);
        }
    }

    /** The draft's file. */
    public String path() {
        return path;
    }

    /** The segments the draft itself enters. */
    public Set<String> ownSegments() {
        return own;
    }

    /** All segments that it may change: also those it no longer enters, and those whose rules ask for one of them. */
    public Set<String> segments() {
        return segments;
    }

    public Needs needs() {
        return Needing.of(Stream.concat(now.members().stream(), then.members().stream()).map(Member::rule).toList());
    }

    /** Those of {@link #segments} the customer is in by the rules in force. */
    public Set<String> now(Customer customer) {
        return now.decide(customer);
    }

    /** The same with the draft in place. */
    public Set<String> then(Customer customer) {
        return then.decide(customer);
    }

    /** Why, by the rules in force. */
    public List<Trial.Told> whyNow(Customer customer) {
        return now.explain(customer);
    }

    /** Why, with the draft in place. */
    public List<Trial.Told> whyThen(Customer customer) {
        return then.explain(customer);
    }
}
