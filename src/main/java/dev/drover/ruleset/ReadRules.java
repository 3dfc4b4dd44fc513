package dev.drover.ruleset;

import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.language.Explainer;
import dev.drover.ruleset.language.Layers;
import dev.drover.ruleset.language.Needing;
import dev.drover.ruleset.language.Rule;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The rules of one group as they were read.
 *
 * @param members in the order of their files
 * @param needs   what they read together
 */
record ReadRules(List<Layers.Member> members, Needs needs) {

    static final ReadRules NONE = of(Map.of());

    /** @param sources by path; a file that isn't understood has no part in it */
    static ReadRules of(Map<String, String> sources) {
        var members = sources.entrySet().stream().map(file -> new RuleSource(file.getKey(), file.getValue()))
                .filter(source -> source.script().understood())
                .flatMap(source -> source.script().rules().stream().map(rule -> new Layers.Member(source.path(), rule))).toList();
        return new ReadRules(members, Needing.of(members.stream().map(Layers.Member::rule).toList()));
    }

    List<Explanation> explain(Predicate<Rule> which, Customer customer) {
        return members.stream().filter(member -> which.test(member.rule())).map(member -> {
            var held = Explainer.explain(member.rule(), customer);
            return new Explanation(member.rule().name(), member.file(), member.rule().place().line(), held.held(), held.parts());
        }).toList();
    }
}
