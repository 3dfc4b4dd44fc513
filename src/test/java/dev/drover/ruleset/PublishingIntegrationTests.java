package dev.drover.ruleset;

import static dev.drover.ruleset.RuleWorkshop.decided;
import static dev.drover.ruleset.RuleWorkshop.keys;
import static dev.drover.ruleset.RuleWorkshop.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.drover.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that are edited here: versions, who was first, and what the folder has to say. */
class PublishingIntegrationTests {

    static final String FILE = "segments/edited.drl";
    static final RuleEdit ANN = new RuleEdit("ann", "ui", "for spring");

    @TempDir
    Path folder;

    RuleWorkshop workshop;
    Rulesets rulesets;

    @BeforeEach
    void aGoodRule() throws IOException {
        workshop = new RuleWorkshop(folder);
        workshop.write(FILE, rule("first"));
        rulesets = workshop.start();
    }

    @Test
    void anEditDecidesAtOnceAndSaysSoToWhoeverDependsOnIt() {
        workshop.news.clear();
        var file = rulesets.publish(FILE, rule("second"), ANN, 1);
        assertThat(file.folder()).isEqualTo(RuleFile.Folder.DIFFERS);
        assertThat(file.version()).extracting(RuleVersion::number, RuleVersion::author, RuleVersion::note, RuleVersion::origin).containsExactly(2, "ann", "for spring", "ui");
        assertThat(rulesets.decide("segments", List.of(RuleWorkshop.customer(1, Map.of())))).extracting(Verdict::key, Verdict::file, Verdict::version)
                .containsExactly(tuple("second", FILE, 2));
        assertThat(workshop.news).containsExactly(new RulesChanged("segments"));
    }

    @Test
    void whateverCameLastDecidesBeItFromTheFolderOrFromHere() throws IOException {
        rulesets.publish(FILE, rule("second"), ANN, null);
        rulesets.reload();
        assertThat(decided(rulesets)).containsExactly("second");
        assertThat(decided(workshop.start())).as("after a restart").containsExactly("second");

        workshop.write(FILE, rule("third"));
        rulesets.reload();
        assertThat(decided(rulesets)).containsExactly("third");
        assertThat(rulesets.file(FILE).orElseThrow().folder()).isEqualTo(RuleFile.Folder.SAME);

        rulesets.publish(FILE, rule("fourth"), ANN, null);
        workshop.write(FILE, rule("fifth"));
        assertThat(decided(workshop.start())).as("changed while nobody looked").containsExactly("fifth");
    }

    @Test
    void aFileMadeHereLivesWithoutTheFolder() {
        rulesets.publish("segments/here.drl", rule("here"), ANN, 0);
        rulesets.reload();
        assertThat(rulesets.file("segments/here.drl").orElseThrow().folder()).isEqualTo(RuleFile.Folder.ABSENT);
        assertThat(decided(workshop.start())).containsExactlyInAnyOrder("first", "here");
    }

    @Test
    void whatIsWrongLeavesTheOldInForce() {
        assertThatThrownBy(() -> rulesets.publish(FILE, rule("second").replace("count", "cuont"), ANN, null)).isInstanceOfSatisfying(RulesRefused.class, refused ->
                assertThat(refused.problems()).singleElement().extracting(RuleProblem::line).isEqualTo(2));
        assertThat(decided(rulesets)).containsExactly("first");
        assertThat(rulesets.versions(FILE)).hasSize(1);
    }

    @Test
    void severalFilesChangeTogetherOrNotAtAll() {
        var move = new HashMap<String, String>();
        move.put(FILE, null);
        move.put("segments/moved.drl", rule("moved").replace("orders.count", "orders.cuont"));
        assertThatThrownBy(() -> rulesets.publishAll(move, ANN)).isInstanceOf(RulesRefused.class);
        assertThat(decided(rulesets)).containsExactly("first");

        move.put("segments/moved.drl", rule("moved"));
        rulesets.publishAll(move, ANN);
        assertThat(decided(rulesets)).containsExactly("moved");
        assertThat(rulesets.file(FILE)).isEmpty();
        assertThat(decided(workshop.start())).as("the file still lies in the folder, as it did").containsExactly("moved");
    }

    @Test
    void whoSawAnOlderVersionIsToldSo() {
        rulesets.publish(FILE, rule("second"), ANN, 1);
        assertThatThrownBy(() -> rulesets.publish(FILE, rule("third"), ANN, 1)).isInstanceOfSatisfying(Problem.class, problem ->
                assertThat(problem.kind()).isEqualTo(Problem.Kind.CONFLICT)).hasMessageContaining("version 2 by ann");
        assertThat(decided(rulesets)).containsExactly("second");
    }

    @Test
    void ofManyWhoPublishAtOnceOneIsFirst() throws Exception {
        var other = workshop.start();
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Boolean>> publishing = new java.util.ArrayList<>();
            for (int n = 0; n < 8; n++) {
                var where = n % 2 == 0 ? rulesets : other;
                String segment = "try-" + n;
                publishing.add(() -> {
                    try {
                        where.publish(FILE, rule(segment), ANN, 1);
                        return true;
                    } catch (Problem late) {
                        return false;
                    }
                });
            }
            long won = 0;
            for (var outcome : threads.invokeAll(publishing)) {
                won += outcome.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        }
        rulesets.reload();
        other.reload();
        assertThat(rulesets.versions(FILE)).hasSize(2);
        assertThat(decided(rulesets)).isEqualTo(decided(other)).singleElement().asString().startsWith("try-");
    }

    @Test
    void anotherInstanceNoticesAndTellsItsOwn() {
        var other = workshop.start();
        workshop.news.clear();
        rulesets.publish(FILE, rule("second"), ANN, null);
        other.reload();
        assertThat(decided(other)).containsExactly("second");
        assertThat(workshop.news).hasSize(2).containsOnly(new RulesChanged("segments"));
    }

    @Test
    void rollsBackToAnEarlierVersionWhichIsANewOne() {
        rulesets.publish(FILE, rule("second"), ANN, null);
        rulesets.rollBack(FILE, 1, "bob", "");
        assertThat(decided(rulesets)).containsExactly("first");
        assertThat(rulesets.versions(FILE)).extracting(RuleVersion::number, RuleVersion::author, RuleVersion::note, RuleVersion::origin)
                .startsWith(tuple(3, "bob", "Back to version 1", "rollback"));
        rulesets.retire(FILE, ANN, 3);
        assertThatThrownBy(() -> rulesets.rollBack(FILE, 4, "bob", "")).hasMessageContaining("nothing to go back to");
        rulesets.rollBack(FILE, 2, "bob", "after all");
        assertThat(decided(rulesets)).containsExactly("second");
    }

    @Test
    void aDraftIsTriedWithoutBeingInForce() {
        rulesets.publish("segments/other.drl", rule("other"), ANN, null);
        var draft = rulesets.compileDraft(FILE, rule("draft"));
        var facts = List.of(RuleWorkshop.customer(1, Map.of()));
        assertThat(keys(draft.decide(facts))).containsExactlyInAnyOrder("draft", "other");
        assertThat(draft.explain(facts)).singleElement().matches(RuleDraft.Told::holds);
        assertThat(decided(rulesets)).containsExactlyInAnyOrder("first", "other");
        assertThatThrownBy(() -> rulesets.compileDraft(FILE, "rule nonsense")).isInstanceOf(RulesRefused.class);
    }

    @Test
    void refusesPathsThatLeadElsewhere() {
        for (String path : List.of("../secret.drl", "segments/../../x.drl", "segments/x.txt", "/etc/x.drl", "segments/a/b.drl", "nothing/x.drl")) {
            assertThatThrownBy(() -> rulesets.publish(path, rule("x"), ANN, null)).as(path).isInstanceOf(Problem.class).hasMessageContaining("path");
        }
    }

    @Test
    void segmentsThatAskForOthersAreDecidedAfterThem() {
        rulesets.publish("segments/asking.drl", asking("inner", "first"), ANN, null);
        assertThat(decided(rulesets)).containsExactlyInAnyOrder("first", "inner");
        var draft = rulesets.compileDraft("segments/asking.drl", asking("drafted", "first"));
        assertThat(keys(draft.decide(List.of(RuleWorkshop.customer(1, Map.of()))))).containsExactlyInAnyOrder("first", "drafted");
    }

    @Test
    void segmentsThatAskForEachOtherAreRefused() throws IOException {
        rulesets.publish("segments/one.drl", asking("one", "two"), ANN, null);
        assertThatThrownBy(() -> rulesets.publish("segments/two.drl", asking("two", "one"), ANN, null)).isInstanceOfSatisfying(RulesRefused.class, refused -> {
            assertThat(refused.path()).isEqualTo("segments/two.drl");
            assertThat(refused.getMessage()).contains("ask for each other");
        });
        workshop.write("segments/two.drl", asking("two", "one"));
        rulesets.reload();
        assertThat(decided(rulesets)).containsExactly("first");
        assertThat(rulesets.file("segments/two.drl").orElseThrow().problems()).singleElement().extracting(RuleProblem::message).asString().contains("ask for each other");

        rulesets.retire("segments/one.drl", ANN, null);
        workshop.write("segments/more.drl", rule("more"));
        rulesets.reload();
        assertThat(rulesets.file("segments/two.drl").orElseThrow().problems()).as("tried again").isEmpty();
    }

    private static String asking(String segment, String asked) {
        return """
                rule "asking" when $c : Customer( inSegment("%s") )
                then segments.enter($c, "%s", "as asked"); end
                """.formatted(asked, segment);
    }

    @Test
    void aDecisionTableIsPublishedAndBroughtBackWithItsCells() throws IOException {
        byte[] shipped = Files.readAllBytes(DecisionTableTests.SHIPPED);
        byte[] stricter = DecisionTableTests.edited(sheet -> sheet.getRow(10).getCell(5).setCellValue(4));
        rulesets.publishTable(DecisionTableTests.PATH, shipped, ANN, 0);
        var file = rulesets.publishTable(DecisionTableTests.PATH, stricter, ANN, 1);
        assertThat(file.source()).contains(">= 4");
        assertThat(rulesets.table(file)).anySatisfy(row -> assertThat(row).containsSequence("weekly-cap", "any", "any", "7", "4"));
        assertThat(rulesets.workbook(DecisionTableTests.PATH, 2)).isEqualTo(stricter);
        rulesets.rollBack(DecisionTableTests.PATH, 1, "ann", "");
        assertThat(rulesets.workbook(DecisionTableTests.PATH, 3)).isEqualTo(shipped);
        assertThatThrownBy(() -> rulesets.publish(DecisionTableTests.PATH, rule("x"), ANN, null)).hasMessageContaining("upload its workbook");
    }

    @Test
    void newestVersionsGoBackToFiles() throws IOException {
        var export = new RuleExport(rulesets);
        rulesets.publish(FILE, rule("second"), ANN, null);
        rulesets.publish("segments/here.drl", rule("here"), ANN, null);
        assertThat(export.zip()).isEqualTo(export.zip());

        assertThat(export.writeToFolder()).isEqualTo(new RuleExport.Written(List.of(FILE, "segments/here.drl"), 0, List.of()));
        assertThat(folder.resolve(FILE)).hasContent(rule("second"));
        rulesets.reload();
        assertThat(rulesets.versions(FILE)).hasSize(2);
        assertThat(rulesets.file(FILE).orElseThrow().folder()).isEqualTo(RuleFile.Folder.SAME);
        rulesets.publish(FILE, rule("third"), ANN, null);
        assertThat(decided(workshop.start())).as("what was written to the folder isn't newer than an edit after it").containsExactlyInAnyOrder("third", "here");

        rulesets.retire("segments/here.drl", ANN, null);
        assertThat(export.writeToFolder().left()).containsExactly("segments/here.drl");
    }

    @Test
    void linksInTheFolderDoNotLeadTheExportOut() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("../outside-" + folder.getFileName()));
        Files.createSymbolicLink(folder.resolve("triggers"), outside);
        rulesets.publish("triggers/x.drl", rule("x"), ANN, null);
        assertThatThrownBy(() -> new RuleExport(rulesets).writeToFolder()).hasMessageContaining("leads out of the rules folder");
        assertThat(outside).isEmptyDirectory();
    }
}
