package dev.drover.ruleset;

import dev.drover.ruleset.language.Layers;
import dev.drover.ruleset.language.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;

/** Makes the files of a group decide together, segments that ask for others after those. */
class GroupCompiler {

    /**
     * @param group    {@code null} where there are problems
     * @param problems by path
     */
    record Outcome(@Nullable RuleGroup group, Map<String, List<RuleProblem>> problems) {

        /** @throws RulesRefused telling of one of these files if it can */
        RuleGroup orRefuse(Collection<String> rather) {
            if (group == null) {
                String path = rather.stream().filter(problems::containsKey).findFirst().orElseGet(() -> problems.keySet().iterator().next());
                throw new RulesRefused(path, problems.get(path));
            }
            return group;
        }
    }

    private final Compiler compiler;

    GroupCompiler(Compiler compiler) {
        this.compiler = compiler;
    }

    /** @param off what is switched off, of any group */
    Outcome compile(String name, Collection<RuleVersion> files, Collection<SwitchedOff> off) {
        var problems = new TreeMap<String, List<RuleProblem>>();
        var rules = read(files, off, problems);
        return problems.isEmpty() ? compile(name, files, rules, off) : new Outcome(null, problems);
    }

    /** @param rules those to decide, by path */
    Outcome compile(String name, Collection<RuleVersion> files, Map<String, List<Rule>> rules, Collection<SwitchedOff> off) {
        var byPath = new TreeMap<String, RuleVersion>();
        files.forEach(file -> byPath.put(file.path(), file));
        var members = rules.entrySet().stream().flatMap(file -> file.getValue().stream().map(rule -> new Layers.Member(file.getKey(), rule))).toList();
        // Which segments are there without rules is known on a higher floor; asking for one that isn't is no error.
        var layers = Layers.of(members, Set.of());
        var errors = errors(layers.problems());
        if (!errors.isEmpty()) {
            return new Outcome(null, errors);
        }
        var bases = new ArrayList<KieBase>();
        for (var layer : layers.layers()) {
            var sources = new LinkedHashMap<RuleSource, List<Rule>>();
            layer.forEach(member -> sources.computeIfAbsent(byPath.get(member.file()).rules(), source -> new ArrayList<>()).add(member.rule()));
            var outcome = compiler.compile(sources);
            if (outcome.base() == null) {
                var problems = outcome.complaints().stream().map(complaint -> RuleProblem.error(complaint.line(), 1, complaint.text())).toList();
                return new Outcome(null, sources.keySet().stream().collect(Collectors.toMap(RuleSource::path, source -> problems)));
            }
            bases.add(outcome.base());
        }
        var packages = byPath.values().stream().collect(Collectors.toMap(file -> file.rules().packageName(), Function.identity()));
        return new Outcome(new RuleGroup(name, Collections.unmodifiableMap(byPath), packages, rules, here(byPath, off), List.copyOf(bases)), Map.of());
    }

    private static Map<String, List<Rule>> read(Collection<RuleVersion> files, Collection<SwitchedOff> off, Map<String, List<RuleProblem>> problems) {
        var rules = new TreeMap<String, List<Rule>>();
        for (RuleVersion file : files) {
            var script = file.rules().script();
            if (!script.understood()) {
                problems.put(file.path(), script.problems());
            }
            var switchedOff = SwitchedOff.names(off.stream().filter(rule -> rule.version() == file.number()).toList(), file.path());
            rules.put(file.path(), script.rules().stream().filter(rule -> !switchedOff.contains(rule.name())).toList());
        }
        return rules;
    }

    private static List<SwitchedOff> here(Map<String, RuleVersion> files, Collection<SwitchedOff> off) {
        return off.stream().filter(rule -> files.containsKey(rule.path()) && files.get(rule.path()).number() == rule.version()).toList();
    }

    private static Map<String, List<RuleProblem>> errors(Map<String, List<RuleProblem>> problems) {
        var errors = new TreeMap<String, List<RuleProblem>>();
        problems.forEach((path, some) -> {
            var wrong = some.stream().filter(RuleProblem::isError).collect(Collectors.toCollection(ArrayList::new));
            if (!wrong.isEmpty()) {
                errors.put(path, wrong);
            }
        });
        return errors;
    }
}
