package dev.drover.ruleset;

import dev.drover.kernel.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/** Puts changes of rule files in force: all of a set or none. */
class Publication {

    /**
     * @param content   {@code null}: the file is taken away
     * @param ifVersion what its author saw, 0: no such file; {@code null}: whatever is there
     */
    record Change(String path, @Nullable RuleContent content, @Nullable Integer ifVersion, RuleEdit edit) {}

    private static final Logger log = LoggerFactory.getLogger(Publication.class);

    private final RuleVersions versions;
    private final SwitchedOffRules switchedOff;
    private final GroupCompiler compiler;
    private final TransactionOperations transaction;

    Publication(RuleVersions versions, SwitchedOffRules switchedOff, GroupCompiler compiler, TransactionOperations transaction) {
        this.versions = versions;
        this.switchedOff = switchedOff;
        this.compiler = compiler;
        this.transaction = transaction;
    }

    /** What is in force by now, whoever published it. */
    Snapshot refresh(Snapshot present) {
        var mark = versions.mark();
        if (mark.equals(present.mark())) {
            return present;
        }
        var heads = versions.heads();
        var off = switchedOff.all();
        var groups = new HashMap<String, RuleGroup>();
        var broken = new HashMap<String, Map<String, List<RuleProblem>>>();
        byGroup(heads.values()).forEach((name, files) -> {
            var before = present.groups().get(name);
            if (before != null && before.files().values().stream().toList().equals(files) && before.off().equals(off.stream().filter(rule -> RulePath.group(rule.path()).equals(name)).toList())) {
                groups.put(name, before);
                return;
            }
            var outcome = compiler.compile(name, files, off);
            if (outcome.group() != null) {
                groups.put(name, outcome.group());
                log.info("{} files of rules in force in '{}'", files.size(), name);
            } else {
                broken.put(name, outcome.problems());
                log.error("The rules of '{}' don't go together: {}", name, outcome.problems());
                if (before != null) {
                    groups.put(name, before);
                }
            }
        });
        return new Snapshot(mark, heads, groups, broken);
    }

    /**
     * Checks, compiles, and writes the versions down.
     *
     * @throws RulesRefused when something is wrong
     * @throws Problem      conflict when somebody was faster; not found when there is nothing to take away
     */
    Snapshot publish(Snapshot known, Collection<Change> changes) {
        return Objects.requireNonNull(transaction.execute(status -> {
            versions.lock();
            var present = refresh(known);
            var heads = new TreeMap<>(present.heads());
            var names = new TreeSet<String>();
            for (Change change : changes) {
                if (apply(change, heads)) {
                    names.add(RulePath.group(change.path()));
                }
            }
            var groups = new HashMap<>(present.groups());
            var broken = new HashMap<>(present.broken());
            var off = switchedOff.all();
            var files = byGroup(heads.values());
            for (String name : names) {
                broken.remove(name);
                if (files.containsKey(name)) {
                    groups.put(name, compiled(name, files.get(name), off, changes));
                } else {
                    groups.remove(name);
                }
            }
            return new Snapshot(versions.mark(), heads, groups, broken);
        }));
    }

    /** @return whether there is any difference */
    private boolean apply(Change change, Map<String, RuleVersion> heads) {
        var head = heads.get(change.path());
        if (change.ifVersion() != null && change.ifVersion() != (head == null ? 0 : head.number())) {
            throw Problem.conflict(head == null ? "%s was taken away meanwhile.".formatted(change.path())
                    : "%s was changed meanwhile: version %d by %s is in force.".formatted(change.path(), head.number(), head.author()));
        }
        if (change.content() == null) {
            if (head == null) {
                throw Problem.notFound("There is no rule file '%s'.".formatted(change.path()));
            }
            versions.append(change.path(), null, change.edit());
            heads.remove(change.path());
            return true;
        }
        if (head != null && change.content().source().equals(head.source())) {
            return false;
        }
        refuseErrors(change.path(), change.content());
        heads.put(change.path(), versions.append(change.path(), change.content(), change.edit()));
        return true;
    }

    /** What is wrong with a file, by itself; of a decision table in terms of its sheet. Whether it compiles is seen with all of its group. */
    static List<RuleProblem> problems(String path, RuleContent content) {
        var problems = new RuleSource(path, content.source()).script().problems();
        return RulePath.isTable(path) ? DecisionTable.inSheet(content.source(), problems) : problems;
    }

    /** @throws RulesRefused when something is wrong */
    static void refuseErrors(String path, RuleContent content) {
        var errors = problems(path, content).stream().filter(RuleProblem::isError).toList();
        if (!errors.isEmpty()) {
            throw new RulesRefused(path, errors);
        }
    }

    private RuleGroup compiled(String name, List<RuleVersion> files, List<SwitchedOff> off, Collection<Change> changes) {
        var group = compiler.compile(name, files, off).orRefuse(changes.stream().map(Change::path).toList());
        log.info("{} files of rules in force in '{}'", files.size(), name);
        return group;
    }

    static Map<String, List<RuleVersion>> byGroup(Collection<RuleVersion> files) {
        var byGroup = new TreeMap<String, List<RuleVersion>>();
        files.forEach(file -> byGroup.computeIfAbsent(file.group(), name -> new ArrayList<>()).add(file));
        return byGroup;
    }
}
