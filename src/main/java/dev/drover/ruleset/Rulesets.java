package dev.drover.ruleset;

import dev.drover.kernel.DroverSettings;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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
                .flatMap(file -> new ParsedRules(file.getKey(), file.getValue()).texts().stream()).toList();
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
        return problems(path, source);
    }

    /** Reads the folder again and puts what is new and good in force. Called at start and when a file changed. */
    synchronized void reload() {
        Map<String, String> found = folder.read();
        if (found.equals(sources())) {
            return;
        }
        var next = new TreeMap<String, RuleFile>();
        found.forEach((path, source) -> next.put(path, judge(path, source)));
        files = next;
        var changed = new ArrayList<String>();
        next.values().stream().map(RuleFile::group).distinct().forEach(group -> {
            if (compile(group)) {
                changed.add(group);
            }
        });
        groups.keySet().removeIf(group -> next.values().stream().noneMatch(file -> file.group().equals(group)));
        changed.forEach(group -> events.publishEvent(new RulesChanged(group)));
    }

    private Map<String, String> sources() {
        var sources = new TreeMap<String, String>();
        files.forEach((path, file) -> sources.put(path, file.source()));
        return sources;
    }

    private RuleFile judge(String path, String source) {
        String group = path.substring(0, path.indexOf('/'));
        var known = files.get(path);
        if (known != null && known.source().equals(source)) {
            return known;
        }
        var problems = problems(path, source);
        if (problems.isEmpty()) {
            remember(path, source);
            return new RuleFile(path, group, source, List.of(), source);
        }
        problems.forEach(problem -> log.error("rules/{}, line {}, column {}: {}", path, problem.line(), problem.column(), problem.message()));
        @Nullable String good = jdbc.sql("SELECT source FROM rule_file WHERE path = ?").param(path).query(String.class).optional().orElse(null);
        log.error("rules/{} has errors; {}", path, good == null ? "its group decides nothing until it is mended" : "its last good version stays in force");
        return new RuleFile(path, group, source, problems, good);
    }

    private List<RuleProblem> problems(String path, String source) {
        try {
            compiler.compile(Map.of(path, source));
            return List.of();
        } catch (Compiler.Failed failed) {
            return Problems.of(failed.messages(), source);
        } catch (RuntimeException unexpected) {
            log.warn("The rule compiler broke off on {}", path, unexpected);
            return List.of(new RuleProblem(1, 1, "error", "The rule compiler broke off on this file: " + unexpected.getMessage()));
        }
    }

    private boolean compile(String group) {
        var members = files.values().stream().filter(file -> file.group().equals(group)).toList();
        if (members.stream().anyMatch(file -> file.inForce() == null)) {
            return false;
        }
        var sources = new TreeMap<String, String>();
        members.forEach(file -> sources.put(file.path(), file.inForce()));
        var present = groups.get(group);
        if (present != null && present.sources().equals(sources)) {
            return false;
        }
        try {
            groups.put(group, new RuleGroup(group, sources, compiler.compile(sources)));
            return true;
        } catch (Compiler.Failed failed) {
            log.error("The rules of '{}' don't go together; {}: {}", group, present == null ? "the group decides nothing" : "the earlier ones stay in force",
                    Problems.of(failed.messages(), String.join("\n", sources.values())));
            return false;
        }
    }

    private void remember(String path, String source) {
        jdbc.sql("""
                INSERT INTO rule_file (path, source, good_at) VALUES (?, ?, ?)
                ON CONFLICT (path) DO UPDATE SET source = excluded.source, good_at = excluded.good_at WHERE rule_file.source <> excluded.source""")
                .param(path).param(source).param(Timestamp.from(clock.instant())).update();
    }
}
