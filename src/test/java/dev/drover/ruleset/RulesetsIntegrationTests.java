package dev.drover.ruleset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.kernel.DroverSettings;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.ruleset.fact.Cart;
import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.fact.Orders;
import dev.drover.testing.IntegrationTest;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A folder of rules that is edited while the application runs. */
@IntegrationTest
class RulesetsIntegrationTests {

    @TempDir
    Path folder;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformClock clock;

    final List<Object> news = new ArrayList<>();
    final String name = "edited-" + UUID.randomUUID();

    @BeforeEach
    void aGoodRule() throws IOException {
        Files.createDirectories(folder.resolve("segments"));
        write(name, rule("first"));
    }

    @Test
    void putsASavedFileInForce() throws IOException {
        var rulesets = rulesets();
        assertThat(decided(rulesets)).containsExactly("first");
        write(name, rule("second"));
        rulesets.reload();
        assertThat(decided(rulesets)).containsExactly("second");
        assertThat(news).contains(new RulesChanged("segments"));
    }

    @Test
    void noticesASavedFileByItself() throws IOException {
        var rulesets = rulesets();
        var watcher = new RuleWatcher(rulesets);
        watcher.start();
        try {
            write(name, rule("second"));
            Awaitility.await().untilAsserted(() -> assertThat(decided(rulesets)).containsExactly("second"));
        } finally {
            watcher.stop();
        }
    }

    @Test
    void keepsTheLastGoodVersionWhileAFileIsBrokenAlsoOverARestart() throws IOException {
        var rulesets = rulesets();
        news.clear();
        write(name, rule("second").replace("orders.count", "orders.cuont"));
        rulesets.reload();
        assertThat(decided(rulesets)).containsExactly("first");
        assertThat(news).isEmpty();
        var file = rulesets.file("segments/" + name + ".drl").orElseThrow();
        assertThat(file.isInForce()).isFalse();
        assertThat(file.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.column()).isEqualTo(27);
            assertThat(problem.message()).contains("cuont");
        });
        assertThat(rulesets.inForce()).isTrue();

        assertThat(decided(rulesets())).containsExactly("first");

        write(name, rule("third"));
        rulesets.reload();
        assertThat(decided(rulesets)).containsExactly("third");
        assertThat(rulesets.file("segments/" + name + ".drl").orElseThrow().problems()).isEmpty();
    }

    @Test
    void leavesAGroupAsItIsWhenANewFileWasNeverGood() throws IOException {
        var rulesets = rulesets();
        write(name + "-more", "rule nonsense");
        rulesets.reload();
        assertThat(decided(rulesets)).containsExactly("first");
        assertThat(rulesets.file("segments/" + name + ".drl").orElseThrow().isInForce()).isTrue();
        assertThat(rulesets.file("segments/" + name + "-more.drl").orElseThrow().inForce()).isNull();
    }

    @Test
    void decidesNothingFromRulesThatWereNeverGood() throws IOException {
        write(name, "rule nonsense");
        var rulesets = rulesets();
        assertThat(rulesets.inForce()).isFalse();
        assertThatThrownBy(() -> decided(rulesets)).isInstanceOf(Problem.class).hasMessageContaining("not in force");
    }

    @Test
    void letsGoOfAFileThatIsDeleted() throws IOException {
        write(name + "-more", rule("more"));
        var rulesets = rulesets();
        assertThat(decided(rulesets)).containsExactlyInAnyOrder("first", "more");
        Files.delete(folder.resolve("segments").resolve(name + "-more.drl"));
        rulesets.reload();
        assertThat(decided(rulesets)).containsExactly("first");
    }

    private Rulesets rulesets() {
        return new Rulesets(new DroverSettings(folder, null, null, null, null, folder, folder), jdbc, clock, news::add);
    }

    private void write(String file, String source) throws IOException {
        Files.writeString(folder.resolve("segments").resolve(file + ".drl"), source);
    }

    private static String rule(String segment) {
        return """
                rule "edited" when
                    $c : Customer( orders.count >= 1 )
                then segments.enter($c, "%s", "ordered"); end
                """.formatted(segment);
    }

    private static List<String> decided(Rulesets rulesets) {
        var now = Instant.parse("2026-06-15T12:00:00Z");
        var customer = new Customer(1, "NL", Map.of(), now, now, new Orders(1, BigDecimal.TEN, now, now, now), Cart.none(now));
        return rulesets.decide("segments", List.of(customer)).stream().map(Verdict::key).toList();
    }
}
