package dev.drover.ruleset;

import dev.drover.kernel.DroverSettings;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.ruleset.fact.Budget;
import dev.drover.ruleset.language.Needing;
import dev.drover.ruleset.language.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final RuleSettings settings;
    private final RuleVersions versions;
    private final RuleChecker checker;
    private final GroupCompiler compiler;
    private final Publisher publisher;
    private final Culprits culprits;
    private final PlatformClock clock;

    Rulesets(DroverSettings installation, RuleSettings settings, JdbcClient jdbc, PlatformTransactionManager transactions, PlatformClock clock, ApplicationEventPublisher events) {
        var engine = new Compiler();
        var switchedOff = new SwitchedOffRules(jdbc, clock);
        // Of its own, whatever the caller is in: other instances and threads decide by it as soon as it is written.
        var transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.settings = settings;
        this.versions = new RuleVersions(jdbc, clock);
        this.checker = new RuleChecker(engine);
        this.compiler = new GroupCompiler(engine);
        this.publisher = new Publisher(new RuleFolder(installation.rules()), versions, new Publication(versions, switchedOff, compiler, transaction), events);
        this.culprits = new Culprits(compiler, switchedOff, settings);
        this.clock = clock;
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
            return culprits.decide(() -> running(group), facts, publisher::refresh);
        }
    }

    private RuleGroup running(String group) {
        return Optional.ofNullable(publisher.inForce().groups().get(group))
                .orElseThrow(() -> Problem.unavailable("The rules of '" + group + "' are not in force: mend the files that have errors (see Rules)."));
    }

    public List<RuleFile> files() {
        return new RuleListing(publisher.inForce(), publisher.look()).files();
    }

    public Optional<RuleFile> file(String path) {
        return files().stream().filter(file -> file.path().equals(path)).findFirst();
    }

    /** The rules of a group as they decide, to be read; those that are switched off left out. */
    public List<RuleText> rules(String group) {
        return Optional.ofNullable(publisher.inForce().groups().get(group)).stream().flatMap(running -> running.files().values().stream().flatMap(file -> {
            var off = SwitchedOff.names(running.off(), file.path());
            return new ParsedRules(file.rules()).texts(file.number()).stream().filter(rule -> !off.contains(rule.name()));
        })).toList();
    }

    /** The same as they were understood: for explaining a decision. By the path of their file. */
    public Map<String, List<Rule>> understood(String group) {
        return Optional.ofNullable(publisher.inForce().groups().get(group)).map(RuleGroup::rules).orElse(Map.of());
    }

    /** What the rules of a group read. */
    public Needs needs(String group) {
        return Needing.of(understood(group).values().stream().flatMap(List::stream).toList());
    }

    /** Rules that took too long and decide nothing until a new version of their file comes. */
    public List<SwitchedOff> switchedOff() {
        return publisher.inForce().groups().values().stream().flatMap(group -> group.off().stream()).toList();
    }

    /** Whether every group decides. */
    public boolean inForce() {
        return publisher.complete();
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
        publisher.publish(List.of(new Publication.Change(RulePath.requireText(path), readable(path, RuleReading.of(source)), ifVersion, edit)));
        return file(path).orElseThrow();
    }

    /** The same for a decision table's bytes. */
    public RuleFile publishTable(String path, byte[] workbook, RuleEdit edit, @Nullable Integer ifVersion) {
        publisher.publish(List.of(new Publication.Change(RulePath.requireTable(path), readable(path, RuleReading.of(path, workbook)), ifVersion, edit)));
        return file(path).orElseThrow();
    }

    /** Several files at once, all or none: for what moves from one to another. A file whose source is {@code null} is taken away. */
    public void publishAll(Map<String, @Nullable String> sources, RuleEdit edit) {
        var changes = new ArrayList<Publication.Change>();
        sources.forEach((path, source) -> changes.add(new Publication.Change(source == null ? RulePath.require(path) : RulePath.requireText(path),
                source == null ? null : readable(path, RuleReading.of(source)), null, edit)));
        publisher.publish(changes);
    }

    /** Takes a file away; its versions stay to be looked at and brought back. */
    public void retire(String path, RuleEdit edit, @Nullable Integer ifVersion) {
        publisher.publish(List.of(new Publication.Change(path, null, ifVersion, edit)));
    }

    /** Makes an earlier version a new one. @param note may be empty */
    public RuleFile rollBack(String path, int number, String author, String note) {
        var version = version(path, number);
        if (version.source() == null) {
            throw Problem.rejected("In version %d '%s' was taken away: there is nothing to go back to.".formatted(number, path));
        }
        var content = new RuleContent(version.source(), versions.workbook(path, number).orElse(null));
        publisher.publish(List.of(new Publication.Change(path, content, null, RuleEdit.rollback(author, note, number))));
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
        return RuleTrial.of(publisher.inForce().groups().get(RulePath.group(RulePath.requireText(path))), new RuleSource(path, RuleReading.of(source).content().source()));
    }

    /** The same with what is in force: why somebody is in a segment or not. */
    public RuleTrial trial() {
        return RuleTrial.of(publisher.inForce().groups().get("segments"), null);
    }

    private RuleDraft draft(String path, RuleReading reading) {
        var content = readable(path, reading);
        Publication.refuseErrors(path, content);
        return RuleDraft.compile(compiler, settings, publisher.inForce().groups().get(RulePath.group(path)), RuleVersion.draft(path, content.source(), clock.instant()));
    }

    private static RuleContent readable(String path, RuleReading reading) {
        if (!reading.problems().isEmpty()) {
            throw new RulesRefused(path, reading.problems());
        }
        return reading.content();
    }

    /** The cells of a decision table as {@link #file} shows it, row by row; none: it can't be read as one. */
    public List<List<String>> table(RuleFile file) {
        var seen = publisher.look().files().get(file.path());
        if (seen != null && file.folder() == RuleFile.Folder.SAME) {
            return DecisionTable.rows(seen.bytes());
        }
        return file.version() == null ? List.of() : DecisionTable.rows(workbook(file.path(), file.version().number()));
    }

    /** The newest version of every path. */
    List<RuleVersion> heads() {
        return List.copyOf(publisher.inForce().heads().values());
    }

    /** @throws Problem unavailable when the folder can't be written */
    RuleExport.Written writeToFolder(Map<String, byte[]> contents) {
        return publisher.writeToFolder(contents);
    }

    /** Looks at the folder and the database again and puts what is new and good in force. Called at start and every second. */
    void reload() {
        publisher.reload();
    }
}
