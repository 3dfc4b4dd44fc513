package dev.drover.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.ruleset.fact.Cart;
import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.fact.Orders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever may write rules may decide about segments, and nothing else: not run a program, read a file, or keep the machine busy. */
class HostileRuleTests {

    private static final String PATH = "segments/hostile.drl";
    /** Generous, for a machine that does other things too; what these try would take for ever. */
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String RULE = "rule \"x\" when $c : Customer( %s ) then segments.enter($c, \"x\", %s); end\n";

    private final RuleChecker checker = new RuleChecker(new Compiler());

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusesARuleThat(String tries, String source) {
        refuses(source);
    }

    static Stream<Arguments> refusesARuleThat() {
        return Arrays.stream(read().split("(?m)^### ")).filter(each -> !each.isBlank()).map(each -> Arguments.of(each.lines().findFirst().orElseThrow(), each.substring(each.indexOf('\n') + 1)));
    }

    static Stream<Arguments> refusesARuleOfUnreasonableSizeThat() {
        return Stream.of(
                Arguments.of("nests ten thousand parentheses", RULE.formatted("(".repeat(10_000) + "orders.count > 1" + ")".repeat(10_000), "\"x\"")),
                Arguments.of("denies ten thousand times", RULE.formatted("!(".repeat(10_000) + "orders.count > 1" + ")".repeat(10_000), "\"x\"")),
                Arguments.of("asks five thousand things", RULE.formatted("orders.count > 1 || ".repeat(5_000) + "orders.count > 1", "\"x\"")),
                Arguments.of("lists ten thousand countries", RULE.formatted("country in (" + "\"NL\", ".repeat(10_000) + "\"NL\")", "\"x\"")),
                Arguments.of("says a text of a hundred thousand letters", RULE.formatted("orders.count > 1", "\"" + "x".repeat(100_000) + "\"")),
                Arguments.of("adds ten thousand texts", RULE.formatted("orders.count > 1", "\"x\" + ".repeat(10_000) + "\"x\"")),
                Arguments.of("comes five thousand times", RULE.formatted("orders.count > 1", "\"x\"").repeat(5_000)),
                Arguments.of("comes in a line of a megabyte", "//" + "x".repeat(1_000_000) + "\n" + RULE.formatted("orders.count > 1", "\"x\"")),
                Arguments.of("has a number of a thousand digits", RULE.formatted("orders.count > " + "9".repeat(1_000), "\"x\"")),
                Arguments.of("has a word of a thousand letters", RULE.formatted("o".repeat(1_000) + " > 1", "\"x\"")),
                Arguments.of("opens ten thousand comments", "/*".repeat(10_000)),
                Arguments.of("opens ten thousand texts", "\"\\".repeat(10_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusesARuleOfUnreasonableSizeThat(String tries, String source) {
        refuses(source);
    }

    private void refuses(String source) {
        var problems = Assertions.assertTimeoutPreemptively(SOON, () -> checker.check(new RuleSource(PATH, source)));
        assertThat(problems).anyMatch(RuleProblem::isError).allSatisfy(problem -> {
            assertThat(problem.line()).isPositive();
            assertThat(problem.column()).isPositive();
            assertThat(problem.message()).isNotBlank().hasSizeLessThan(1_000).doesNotContain("Exception");
        });
        // What is checked and what is published are read by one reader.
        assertThat(Publication.problems(PATH, RuleContent.text(source))).anyMatch(RuleProblem::isError);
        assertThat(Tripwire.tripped()).isFalse();
    }

    /** Words that look like the above and are only words. */
    @ParameterizedTest
    @ValueSource(strings = {"\"System.exit(1);\"", "\"\\\"); System.exit(1); (\\\"\"", "\"eval(true) end rule\"", "\"// no comment\"", "\"/* nor here */\"", "\"${x} #{y} @{z}\"", "\"%s %n %d\"",
        "\"a\\\\\"", "\"tab\\tand line\\nend\"", "\"Käse, сыр, 🧀\""})
    void takesWordsForWords(String reason) {
        assertThat(checker.check(new RuleSource(PATH, RULE.formatted("orders.count > 1", reason)))).isEmpty();
    }

    @Test
    void wordsReachTheReasonAsTheyStand() {
        var group = ShippedRules.compile("segments", Map.of(PATH, RULE.formatted("orders.count == 0", "\"\\\"); System.exit(1); (\\\" \\\\\"")));
        var now = Instant.parse("2026-06-15T12:00:00Z");
        var customer = new Customer(1, "NL", Map.of(), now, now, Orders.none(now), Cart.none(now));
        assertThat(group.decide(List.of(customer), null)).singleElement().extracting(Verdict::reason).isEqualTo("\"); System.exit(1); (\" \\");
    }

    private static String read() {
        try (var in = Objects.requireNonNull(HostileRuleTests.class.getResourceAsStream("/ruleset/hostile-rules.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
