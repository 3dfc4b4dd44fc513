package dev.drover.ruleset;

import dev.drover.kernel.DroverSettings;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.ruleset.fact.Budget;
import dev.drover.ruleset.language.Needing;
import dev.drover.ruleset.language.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The rule files, by group, and what they decide. The newest good version of a file decides, be it from the folder or edited here; a group
 * whose files have never all been good decides nothing, and says so, rather than deciding without one of its rules.
 */
@Component
public class Rulesets {

    private final RuleFolder folder;
    private final RuleSettings settings;
    private final RuleVersions versions;
    private final RuleChecker checker;
    private final GroupCompiler compiler;
    private final Publication publication;
    private final Culprits culprits;
    private final PlatformClock clock;
    private final ApplicationEventPublisher events;
    private final Object publishing = new Object();
    private volatile Snapshot inForce = Snapshot.NONE;
    private volatile FolderLook look = FolderLook.NONE;
    /** What the world was last told about. */
    private volatile Snapshot told = Snapshot.NONE;

    Rulesets(DroverSettings installation, RuleSettings settings, JdbcClient jdbc, PlatformTransactionManager transactions, PlatformClock clock, ApplicationEventPublisher events) {
        var engine = new Compiler();
        var switchedOff = new SwitchedOffRules(jdbc, clock);
        // Of its own, whatever the caller is in: other instances and threads decide by it as soon as it is written.
        var transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.folder = new RuleFolder(installation.rules());
        this.settings = settings;
        this.versions = new RuleVersions(jdbc, clock);
        this.checker = new RuleChecker(engine);
        this.compiler = new GroupCompiler(engine);
        this.publication = new Publication(versions, switchedOff, compiler, transaction);
        this.culprits = new Culprits(compiler, switchedOff, settings);
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
        try {
            return running(group).decide(facts, Budget.elapsed(settings.budget(facts.size())));
        } catch (Budget.Overrun overrun) {
            return culprits.decide(() -> running(group), facts, this::refresh);
        }
    }

    private RuleGroup running(String group) {
        return Optional.ofNullable(inForce.groups().get(group))
                .orElseThrow(() -> Problem.unavailable("The rules of '" + group + "' are not in force: mend the files that have errors (see Rules)."));
    }

    public List<RuleFile> files() {
        return new RuleListing(inForce, look).files();
    }

    public Optional<RuleFile> file(String path) {
        return files().stream().filter(file -> file.path().equals(path)).findFirst();
    }

    /** The rules of a group as they decide, to be read; those that are switched off left out. */
    public List<RuleText> rules(String group) {
        return Optional.ofNullable(inForce.groups().get(group)).stream().flatMap(running -> running.files().values().stream().flatMap(file -> {
            var off = SwitchedOff.names(running.off(), file.path());
            return new ParsedRules(file.rules()).texts(file.number()).stream().filter(rule -> !off.contains(rule.name()));
        })).toList();
    }

    /** The same as they were understood: for explaining a decision. By the path of their file. */
    public Map<String, List<Rule>> understood(String group) {
        return Optional.ofNullable(inForce.groups().get(group)).map(RuleGroup::rules).orElse(Map.of());
    }

    /** What the rules of a group read. */
    public Needs needs(String group) {
        return Needing.of(understood(group).values().stream().flatMap(List::stream).toList());
    }

    /** Rules that took too long and decide nothing until a new version of their file comes. */
    public List<SwitchedOff> switchedOff() {
        return inForce.groups().values().stream().flatMap(group -> group.off().stream()).toList();
    }

    /** Whether every group decides. */
    public boolean inForce() {
        return files().stream().map(RuleFile::group).allMatch(inForce.groups()::containsKey);
    }

    /** What is wrong with a source, were it the file at this path; changes nothing. */
    public List<RuleProblem> check(String path, String source) {
        var reading = RuleReading.of(source);
        return reading.problems().isEmpty() ? checker.check(new RuleSource(RulePath.requireText(path), reading.content().source())) : reading.problems();
    }

    /** Newest first; also of a file that was taken away. */
    public List<RuleVersion> versions(String path) {
        return versions.of(path);
    }

    /** @throws Problem not found */
    public RuleVersion version(String path, int number) {
        return versions.find(path, number).orElseThrow(() -> Problem.notFound("There is no version %d of '%s'.".formatted(number, path)));
    }

    /** A decision table's own bytes. @throws Problem not found */
    public byte[] workbook(String path, int number) {
        return versions.workbook(path, number).orElseThrow(() -> Problem.notFound("There is no decision table '%s', version %d.".formatted(path, number)));
    }

    /**
     * Puts a rule file in force, together with all that depends on it.
     *
     * @param ifVersion the version that its author saw, 0: no such file; {@code null}: whatever is there
     * @throws RulesRefused when something is wrong with it: what was in force stays so
     * @throws Problem      conflict when somebody published meanwhile
     */
    public RuleFile publish(String path, String source, RuleEdit edit, @Nullable Integer ifVersion) {
        publish(List.of(new Publication.Change(RulePath.requireText(path), readable(path, RuleReading.of(source)), ifVersion, edit)));
        return file(path).orElseThrow();
    }

    /** The same for a decision table's bytes. */
    public RuleFile publishTable(String path, byte[] workbook, RuleEdit edit, @Nullable Integer ifVersion) {
        publish(List.of(new Publication.Change(RulePath.requireTable(path), readable(path, RuleReading.of(path, workbook)), ifVersion, edit)));
        return file(path).orElseThrow();
    }

    /** Several files at once, all or none: for what moves from one to another. A file whose source is {@code null} is taken away. */
    public void publishAll(Map<String, @Nullable String> sources, RuleEdit edit) {
        var changes = new ArrayList<Publication.Change>();
        sources.forEach((path, source) -> changes.add(new Publication.Change(source == null ? RulePath.require(path) : RulePath.requireText(path),
                source == null ? null : readable(path, RuleReading.of(source)), null, edit)));
        publish(changes);
    }

    /** Takes a file away; its versions stay to be looked at and brought back. */
    public void retire(String path, RuleEdit edit, @Nullable Integer ifVersion) {
        publish(List.of(new Publication.Change(path, null, ifVersion, edit)));
    }

    /** Makes an earlier version a new one. @param note may be empty */
    public RuleFile rollBack(String path, int number, String author, String note) {
        var version = version(path, number);
        if (version.source() == null) {
            throw Problem.rejected("In version %d '%s' was taken away: there is nothing to go back to.".formatted(number, path));
        }
        var content = new RuleContent(version.source(), versions.workbook(path, number).orElse(null));
        publish(List.of(new Publication.Change(path, content, null, RuleEdit.rollback(author, note, number))));
        return file(path).orElseThrow();
    }

    /**
     * Rules as they would be with this source in place, to be tried without putting them in force.
     *
     * @throws RulesRefused when something is wrong with it
     */
    public RuleDraft compileDraft(String path, String source) {
        return draft(RulePath.requireText(path), RuleReading.of(source));
    }

    /** The same for a decision table's bytes. */
    public RuleDraft compileDraftTable(String path, byte[] workbook) {
        return draft(RulePath.requireTable(path), RuleReading.of(path, workbook));
    }

    /**
     * Segments as they would be with this source in place, customer by customer and without compiling: for whoever is still writing.
     *
     * @throws RulesRefused when it can't be understood
     */
    public RuleTrial trial(String path, String source) {
        return RuleTrial.of(inForce.groups().get(RulePath.group(RulePath.requireText(path))), new RuleSource(path, RuleReading.of(source).content().source()));
    }

    /** The same with what is in force: why somebody is in a segment or not. */
    public RuleTrial trial() {
        return RuleTrial.of(inForce.groups().get("segments"), null);
    }

    private RuleDraft draft(String path, RuleReading reading) {
        var content = readable(path, reading);
        Publication.refuseErrors(path, content);
        return RuleDraft.compile(compiler, settings, inForce.groups().get(RulePath.group(path)), RuleVersion.draft(path, content.source(), clock.instant()));
    }

    private static RuleContent readable(String path, RuleReading reading) {
        if (!reading.problems().isEmpty()) {
            throw new RulesRefused(path, reading.problems());
        }
        return reading.content();
    }

    private void publish(List<Publication.Change> changes) {
        synchronized (publishing) {
            var all = new ArrayList<Publication.Change>(changes);
            var paths = changes.stream().map(Publication.Change::path).toList();
            all.addAll(heldBack(paths));
            inForce = publication.publish(inForce, all);
            look = look.overtaken(paths);
        }
        tell();
    }

    /** A group that isn't in force yet waits for all of its files in the folder; the last one mended here brings the others in. */
    private List<Publication.Change> heldBack(List<String> paths) {
        var groups = new TreeSet<String>();
        paths.stream().map(RulePath::group).filter(group -> !inForce.groups().containsKey(group)).forEach(groups::add);
        var waiting = new ArrayList<Publication.Change>();
        look.files().forEach((path, seen) -> {
            if (!groups.contains(RulePath.group(path)) || paths.contains(path) || inForce.heads().containsKey(path)) {
                return;
            }
            if (!seen.problems().isEmpty()) {
                throw Problem.conflict("The rules of '%s' are not in force: mend %s in the folder first.".formatted(RulePath.group(path), path));
            }
            waiting.add(new Publication.Change(path, seen.content(), null, RuleEdit.FOLDER));
        });
        return waiting;
    }

    /** The newest version of every path. */
    List<RuleVersion> heads() {
        return List.copyOf(inForce.heads().values());
    }

    /** @throws Problem unavailable when the folder can't be written */
    RuleExport.Written writeToFolder(Map<String, byte[]> contents) {
        synchronized (publishing) {
            var written = new TreeMap<String, byte[]>();
            try {
                for (var file : contents.entrySet()) {
                    if (folder.write(file.getKey(), file.getValue())) {
                        written.put(file.getKey(), file.getValue());
                    }
                }
            } catch (IOException e) {
                throw Problem.unavailable("The rules folder can't be written%s: %s".formatted(written.isEmpty() ? "" : " any further (%s was)".formatted(String.join(", ", written.keySet())), e.getMessage()));
            } finally {
                look = look.wrote(written);
            }
            return new RuleExport.Written(List.copyOf(written.keySet()), contents.size() - written.size(),
                    look.files().keySet().stream().filter(path -> !contents.containsKey(path)).toList());
        }
    }

    /** The cells of a decision table as {@link #file} shows it, row by row; none: it can't be read as one. */
    public List<List<String>> table(RuleFile file) {
        var seen = look.files().get(file.path());
        if (seen != null && file.folder() == RuleFile.Folder.SAME) {
            return DecisionTable.rows(seen.bytes());
        }
        return file.version() == null ? List.of() : DecisionTable.rows(workbook(file.path(), file.version().number()));
    }

    /** Looks at the folder and the database again and puts what is new and good in force. Called at start and every second. */
    void reload() {
        synchronized (publishing) {
            refresh();
            boolean first = look == FolderLook.NONE;
            var next = look.next(folder.read(), inForce.heads(), first ? versions.knownToFolder() : Map.of(), Publication::problems);
            var without = without(next);
            for (var group : byGroup(next.changes()).entrySet()) {
                var paths = group.getValue().stream().map(Publication.Change::path).toList();
                if (without.contains(group.getKey())) {
                    next = next.waiting(paths);
                    continue;
                }
                try {
                    inForce = publication.publish(inForce, group.getValue());
                } catch (RulesRefused refused) {
                    next = next.waiting(paths).refused(refused.path(), refused.problems());
                }
            }
            look = next;
        }
        tell();
    }

    /** Groups that would decide without one of their rules. */
    private Set<String> without(FolderLook next) {
        var names = new TreeSet<String>();
        next.files().forEach((path, seen) -> {
            String group = RulePath.group(path);
            if (!seen.problems().isEmpty() && !inForce.groups().containsKey(group)) {
                names.add(group);
            }
        });
        return names;
    }

    private static Map<String, List<Publication.Change>> byGroup(List<Publication.Change> changes) {
        return changes.stream().collect(Collectors.groupingBy(change -> RulePath.group(change.path()), TreeMap::new, Collectors.toList()));
    }

    private void refresh() {
        synchronized (publishing) {
            inForce = publication.refresh(inForce);
        }
    }

    private void tell() {
        Set<String> changed;
        synchronized (publishing) {
            changed = inForce.changedSince(told);
            told = inForce;
        }
        changed.forEach(group -> events.publishEvent(new RulesChanged(group)));
    }
}
