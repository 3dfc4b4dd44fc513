package dev.drover.ruleset;

import static dev.drover.ruleset.RuleWorkshop.decided;
import static dev.drover.ruleset.RuleWorkshop.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.kernel.Problem;
import java.io.IOException;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of rules that is edited while the application runs. */
class RulesetsIntegrationTests {

    static final String FILE = "segments/edited.drl";
    static final String MORE = "segments/more.drl";

    @TempDir
    Path folder;

    RuleWorkshop workshop;

    @BeforeEach
    void aGoodRule() throws IOException {
        workshop = new RuleWorkshop(folder);
        workshop.write(FILE, rule("first"));
    }

    @Test
    void putsASavedFileInForce() throws IOException {
        var rulesets = workshop.start();
        assertThat(decided(rulesets)).containsExactly("first");
        workshop.write(FILE, rule("second"));
        rulesets.reload();
        assertThat(decided(rulesets)).containsExactly("second");
        assertThat(workshop.news).contains(new RulesChanged("segments"));
        assertThat(rulesets.versions(FILE)).extracting(RuleVersion::number, RuleVersion::origin).containsExactly(
                org.assertj.core.groups.Tuple.tuple(2, "file"), org.assertj.core.groups.Tuple.tuple(1, "file"));
    }

    @Test
    void noticesASavedFileByItself() throws IOException {
        var rulesets = workshop.start();
        var watcher = new RuleWatcher(rulesets);
        watcher.start();
        try {
            workshop.write(FILE, rule("second"));
            Awaitility.await().untilAsserted(() -> assertThat(decided(rulesets)).containsExactly("second"));
        } finally {
            watcher.stop();
        }
    }

    @Test
    void keepsTheLastGoodVersionWhileAFileIsBrokenAlsoOverARestart() throws IOException {
        var rulesets = workshop.start();
        workshop.news.clear();
        workshop.write(FILE, rule("second").replace("orders.count", "orders.cuont"));
        rulesets.reload();
        assertThat(decided(rulesets)).containsExactly("first");
        assertThat(workshop.news).isEmpty();
        assertBroken(rulesets);

        var restarted = workshop.start();
        assertThat(decided(restarted)).containsExactly("first");
        assertBroken(restarted);

        workshop.write(FILE, rule("third"));
        rulesets.reload();
        assertThat(decided(rulesets)).containsExactly("third");
        assertThat(rulesets.file(FILE).orElseThrow().problems()).isEmpty();
    }

    private static void assertBroken(Rulesets rulesets) {
        var file = rulesets.file(FILE).orElseThrow();
        assertThat(file.isInForce()).isFalse();
        assertThat(file.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.column()).isEqualTo(27);
            assertThat(problem.message()).contains("cuont");
        });
        assertThat(rulesets.inForce()).isTrue();
    }

    @Test
    void leavesAGroupAsItIsWhenANewFileWasNeverGood() throws IOException {
        var rulesets = workshop.start();
        workshop.write(MORE, "rule nonsense");
        rulesets.reload();
        assertThat(decided(rulesets)).containsExactly("first");
        assertThat(rulesets.file(FILE).orElseThrow().isInForce()).isTrue();
        assertThat(rulesets.file(MORE).orElseThrow().inForce()).isNull();
    }

    @Test
    void decidesNothingUntilAllFilesWereGoodOnce() throws IOException {
        workshop.write(MORE, "rule nonsense");
        var rulesets = workshop.start();
        assertThat(rulesets.inForce()).isFalse();
        assertThatThrownBy(() -> decided(rulesets)).isInstanceOf(Problem.class).hasMessageContaining("not in force");
        assertThatThrownBy(() -> rulesets.publish("segments/third.drl", rule("third"), new RuleEdit("ann", "ui", ""), null))
                .hasMessageContaining("mend segments/more.drl");

        workshop.write(MORE, rule("more"));
        rulesets.reload();
        assertThat(rulesets.inForce()).isTrue();
        assertThat(decided(rulesets)).containsExactlyInAnyOrder("first", "more");
    }

    @Test
    void aGroupIsMendedHereToo() throws IOException {
        workshop.write(MORE, "rule nonsense");
        var rulesets = workshop.start();
        rulesets.publish(MORE, rule("more"), new RuleEdit("ann", "ui", ""), null);
        assertThat(decided(rulesets)).containsExactlyInAnyOrder("first", "more");
        assertThat(decided(workshop.start())).containsExactlyInAnyOrder("first", "more");
    }

    @Test
    void letsGoOfAFileThatIsDeletedAlsoWhileNobodyLooks() throws IOException {
        workshop.write(MORE, rule("more"));
        var rulesets = workshop.start();
        assertThat(decided(rulesets)).containsExactlyInAnyOrder("first", "more");
        workshop.delete(MORE);
        rulesets.reload();
        assertThat(decided(rulesets)).containsExactly("first");
        assertThat(rulesets.versions(MORE).getFirst().retired()).isTrue();

        workshop.write(MORE, rule("more"));
        rulesets.reload();
        assertThat(decided(rulesets)).hasSize(2);
        workshop.delete(MORE);
        assertThat(decided(workshop.start())).containsExactly("first");
    }

    @Test
    void twoFilesMayEnterTheSameSegment() throws IOException {
        workshop.write(MORE, rule("first").replace(">= 1", ">= 100"));
        assertThat(decided(workshop.start())).containsExactly("first");
    }
}
