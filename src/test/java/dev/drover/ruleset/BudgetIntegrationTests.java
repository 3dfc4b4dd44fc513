package dev.drover.ruleset;

import static dev.drover.ruleset.RuleWorkshop.keys;
import static dev.drover.ruleset.RuleWorkshop.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.kernel.Problem;
import dev.drover.ruleset.fact.Customer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule that takes too long: searching a long text for what nearly stands in it all the time. */
class BudgetIntegrationTests {

    static final String SLOW = "segments/slow.drl";
    static final List<Customer> BLOCK = LongStream.range(0, 100).mapToObj(id -> RuleWorkshop.customer(id, Map.of("story", "a".repeat(300_000)))).toList();

    @TempDir
    Path folder;

    @Test
    void isSwitchedOffAndReportedWhileTheOthersDecide() throws IOException {
        var workshop = new RuleWorkshop(folder);
        workshop.write(SLOW, slow() + rule("quick").replace("edited", "quick"));
        workshop.write("segments/other.drl", rule("other"));
        var rulesets = workshop.start(Duration.ofMillis(300));

        assertThat(keys(rulesets.decide("segments", BLOCK))).hasSize(200).containsOnly("quick", "other");
        assertThat(rulesets.switchedOff()).singleElement().satisfies(off -> {
            assertThat(off.path()).isEqualTo(SLOW);
            assertThat(off.rule()).isEqualTo("slow");
            assertThat(off.reason()).contains("on 100 facts");
        });
        assertThat(rulesets.file(SLOW).orElseThrow()).satisfies(file -> {
            assertThat(file.isInForce()).isTrue();
            assertThat(file.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.severity()).isEqualTo("warning");
                assertThat(problem.line()).isEqualTo(1);
                assertThat(problem.message()).contains("switched off");
            });
        });
        assertThat(new RulesHealth(rulesets).health().getStatus().getCode()).isEqualTo("UP");
        assertThat(rulesets.rules("segments")).extracting(RuleText::name).doesNotContain("slow");
        workshop.news.clear();
        rulesets.reload();
        assertThat(workshop.news).as("told to whoever depends on it").containsExactly(new RulesChanged("segments"));

        assertThat(workshop.start().switchedOff()).as("after a restart").hasSize(1);

        rulesets.publish(SLOW, slow().replace("not contains", "contains").replace("aaab", "aaac").replaceAll("a{100,}", "a"), new RuleEdit("ann", "ui", "mended"), null);
        assertThat(rulesets.switchedOff()).isEmpty();
        assertThat(keys(rulesets.decide("segments", BLOCK))).contains("other").doesNotContain("quick");
    }

    @Test
    void aDraftThatTakesTooLongIsRefusedAndNothingIsSwitchedOff() throws IOException {
        var workshop = new RuleWorkshop(folder);
        workshop.write("segments/other.drl", rule("other"));
        var rulesets = workshop.start(Duration.ofMillis(300));
        var draft = rulesets.compileDraft(SLOW, slow());
        assertThatThrownBy(() -> draft.decide(BLOCK)).isInstanceOf(Problem.class).hasMessageContaining("longer than 300 ms");
        assertThat(rulesets.switchedOff()).isEmpty();
    }

    private static String slow() {
        return """
                rule "slow" when
                    $c : Customer( text("story") not contains "%sb" )
                then segments.enter($c, "slow", "told a long story"); end
                """.formatted("a".repeat(400));
    }
}
