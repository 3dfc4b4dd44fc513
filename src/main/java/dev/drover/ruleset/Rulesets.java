package dev.drover.ruleset;

import dev.drover.kernel.DroverSettings;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.language.Doubts;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The rule files, by group, and what they decide. A file with an error leaves its last good version in force; a group whose files have never
 * all been good decides nothing, and says so, rather than deciding without one of its rules.
 */
@Component
public class Rulesets {

    private static final Logger log = LoggerFactory.getLogger(Rulesets.class);

    private final RuleFolder folder;
    private final Compiler compiler = new Compiler();
    private final RuleChecker checker = new RuleChecker(compiler);
    private final JdbcClient jdbc;
    private final PlatformClock clock;
    private final ApplicationEventPublisher events;
    private final Map<String, RuleGroup> groups = new ConcurrentHashMap<>();
    private volatile Map<String, RuleFile> files = Map.of();

    Rulesets(DroverSettings settings, JdbcClient jdbc, PlatformClock clock, ApplicationEventPublisher events) {
        this.folder = new RuleFolder(settings.rules());
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
        reload();
    }

    /**
     * What the rules of a group say about these facts, each rule and fact at most once.
     *
     * @throws Problem unavailable when the group isn't there or not in force; rejected when its rules don't come to an end
     */
    public List<Verdict> decide(String group, Collection<?> facts) {
        return Optional.ofNullable(groups.get(group))
                .orElseThrow(() -> Problem.unavailable("The rules of '" + group + "' are not in force: mend the files that have errors (see Rules)."))
                .decide(facts);
    }

    public List<RuleFile> files() {
        return List.copyOf(files.values());
    }

    public Optional<RuleFile> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** The rules of a group as they are in force, to be read. */
    public List<RuleText> rules(String group) {
        return Optional.ofNullable(groups.get(group)).stream().flatMap(running -> running.sources().entrySet().stream())
                .flatMap(file -> new ParsedRules(new RuleSource(file.getKey(), file.getValue())).texts().stream()).toList();
    }

    /** What the rules in force of a group read; nothing where it isn't in force. */
    public Needs needs(String group) {
        return read(group).needs();
    }

    /** How each rule in force that enters a segment turns out for a customer, who was told of the other segments they are in. */
    public List<Explanation> explain(String segment, Customer customer) {
        return read("segments").explain(rule -> rule.enters().contains(segment), customer);
    }

    /** The same of one rule in force. @param path of its file */
    public Optional<Explanation> explain(String path, String rule, Customer customer) {
        return read("segments").explain(each -> each.name().equals(rule), customer).stream().filter(each -> each.file().equals(path)).findFirst();
    }

    /** The same of each rule of a draft of rules for segments; empty where it has errors. */
    public List<Explanation> explainDraft(String path, String source, Customer customer) {
        return ReadRules.of(Map.of(path, source)).explain(rule -> true, customer);
    }

    private ReadRules read(String group) {
        return Optional.ofNullable(groups.get(group)).map(RuleGroup::read).orElse(ReadRules.NONE);
    }

    /** Whether every group decides. */
    public boolean inForce() {
        return files.values().stream().map(RuleFile::group).allMatch(groups::containsKey);
    }

    /** What is wrong with a source, were it the file at this path; changes nothing. */
    public List<RuleProblem> check(String path, String source) {
        if (!path.matches("(segments|eligibility|triggers|content)/[A-Za-z0-9_-]+\\.drl")) {
            throw Problem.invalid("path", "A rule file's path is its group and name, such as segments/lapsed.drl.");
        }
        return checker.check(new RuleSource(path, source));
    }

    /** Reads the folder again and puts what is new and good in force. Called at start and when a file changed. */
    synchronized void reload() {
        Map<String, String> found = folder.read();
        if (found.equals(sources())) {
            return;
        }
        Map<String, List<RuleSource>> byGroup = found.entrySet().stream().map(file -> new RuleSource(file.getKey(), file.getValue()))
                .collect(Collectors.groupingBy(RuleSource::group));
        var next = new TreeMap<String, RuleFile>();
        var changed = new ArrayList<String>();
        byGroup.forEach((group, sources) -> {
            if (load(group, sources, next)) {
                changed.add(group);
            }
        });
        next.replaceAll((path, file) -> file.deciding(Optional.ofNullable(groups.get(file.group())).map(group -> group.sources().get(path)).orElse(null)));
        files = next;
        groups.keySet().removeIf(group -> !byGroup.containsKey(group));
        changed.forEach(group -> events.publishEvent(new RulesChanged(group)));
    }

    private Map<String, String> sources() {
        var sources = new TreeMap<String, String>();
        files.forEach((path, file) -> sources.put(path, file.source()));
        return sources;
    }

    /** @return whether other rules decide now */
    private boolean load(String group, List<RuleSource> sources, Map<String, RuleFile> next) {
        if (putInForce(group, sources).isEmpty()) {
            sources.forEach(source -> remember(source.path(), source.text()));
            sources.forEach(source -> next.put(source.path(), new RuleFile(source.path(), group, source.text(), Doubts.of(source.script().rules()), source.text())));
            return true;
        }
        sources.forEach(source -> next.put(source.path(), judge(source)));
        var members = sources.stream().map(source -> next.get(source.path())).toList();
        if (members.stream().anyMatch(file -> file.inForce() == null)) {
            // What was in force before this file came stays so; at start that is nothing.
            return false;
        }
        var present = groups.get(group);
        var good = members.stream().map(file -> new RuleSource(file.path(), file.inForce())).toList();
        if (present != null && present.sources().equals(byPath(good))) {
            return false;
        }
        var complaints = putInForce(group, good);
        complaints.forEach(complaint -> log.error("The rules of '{}' don't go together: {}", group, complaint.text()));
        return complaints.isEmpty();
    }

    private List<Compiler.Complaint> putInForce(String group, List<RuleSource> sources) {
        var outcome = compiler.compile(sources);
        if (outcome.base() != null) {
            groups.put(group, new RuleGroup(group, byPath(sources), outcome.base()));
            log.info("{} files of rules in force in '{}'", sources.size(), group);
        }
        return outcome.complaints();
    }

    private static Map<String, String> byPath(List<RuleSource> sources) {
        var byPath = new TreeMap<String, String>();
        sources.forEach(source -> byPath.put(source.path(), source.text()));
        return byPath;
    }

    private RuleFile judge(RuleSource source) {
        var problems = checker.check(source);
        if (problems.stream().noneMatch(RuleProblem::isError)) {
            remember(source.path(), source.text());
            return new RuleFile(source.path(), source.group(), source.text(), problems, source.text());
        }
        problems.forEach(problem -> log.error("rules/{}, line {}, column {}: {}", source.path(), problem.line(), problem.column(), problem.message()));
        @Nullable String good = jdbc.sql("SELECT source FROM rule_file WHERE path = ?").param(source.path()).query(String.class).optional().orElse(null);
        log.error("rules/{} has errors; {}", source.path(), good == null ? "its group stays as it is until it is mended" : "its last good version stays in force");
        return new RuleFile(source.path(), source.group(), source.text(), problems, good);
    }

    private void remember(String path, String source) {
        jdbc.sql("""
                INSERT INTO rule_file (path, source, good_at) VALUES (?, ?, ?)
                ON CONFLICT (path) DO UPDATE SET source = excluded.source, good_at = excluded.good_at WHERE rule_file.source <> excluded.source""")
                .param(path).param(source).param(Timestamp.from(clock.instant())).update();
    }
}
