package dev.drover.ruleset;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the files of a group decide together. */
class GroupCompiler {

    /** @param group {@code null} where there are problems */
    record Outcome(@Nullable RuleGroup group, List<RuleProblem> problems) {}

    private final Compiler compiler;

    GroupCompiler(Compiler compiler) {
        this.compiler = compiler;
    }

    /** @param off what is switched off, of any group */
    Outcome compile(String name, Collection<RuleVersion> files, Collection<SwitchedOff> off) {
        var byPath = new TreeMap<String, RuleVersion>();
        files.forEach(file -> byPath.put(file.path(), file));
        var byPackage = byPath.values().stream().collect(Collectors.toMap(file -> file.rules().packageName(), Function.identity()));
        var here = off.stream().filter(rule -> byPath.containsKey(rule.path()) && byPath.get(rule.path()).number() == rule.version()).toList();
        var sources = byPath.values().stream().map(file -> file.rules().without(names(file.path(), here))).filter(source -> !new ParsedRules(source).rules().isEmpty()).toList();
        var outcome = compiler.compile(sources);
        if (outcome.base() == null) {
            return new Outcome(null, outcome.complaints().stream().map(complaint -> RuleProblem.error(complaint.line(), 1, complaint.text())).toList());
        }
        return new Outcome(new RuleGroup(name, Collections.unmodifiableMap(byPath), byPackage, here, List.of(outcome.base())), List.of());
    }

    static Set<String> names(String path, Collection<SwitchedOff> off) {
        return off.stream().filter(rule -> rule.path().equals(path)).map(SwitchedOff::rule).collect(Collectors.toSet());
    }
}
