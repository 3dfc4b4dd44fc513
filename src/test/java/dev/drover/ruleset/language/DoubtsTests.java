package dev.drover.ruleset.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.ruleset.RuleProblem;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that are understood and hardly meant. */
class DoubtsTests {

    @ParameterizedTest
    @ValueSource(strings = {"", "orders.count >= 0", "orders.count > 5 || orders.count <= 5", "orders.count > 5 || !(orders.count > 5)", "$n : orders.count",
        "inSegment(\"vip\") || !inSegment(\"vip\")", "country == null || country != null", "orders.count >= 0, cart.itemCount > -1", "!(orders.count > 5 && orders.count < 5)"})
    void seesARuleForEverybody(String conditions) {
        assertThat(doubts(conditions)).extracting(RuleProblem::message).containsExactly("This rule holds for every customer: it has no condition that can fail.");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", value = {
        "orders.count > 5, orders.count < 3                              | 35 | \"orders.count > 5\" and \"orders.count < 3\" never hold both.",
        "orders.count > 5, orders.count < 6                              | 35 | never hold both",
        "orders.count >= 3 && orders.count == 2                          | 38 | never hold both",
        "orders.count in (1, 2), orders.count > 2                        | 41 | never hold both",
        "orders.count > 5, country == \"NL\", !(orders.count >= 4)       | 54 | never hold both",
        "country == \"NL\", country in (\"BE\", \"DE\")                  | 34 | never hold both",
        "country == null, country str[startsWith] \"N\"                  | 34 | never hold both",
        "country == \"NL\", country contains \"x\"                       | 34 | never hold both",
        "inSegment(\"vip\"), !inSegment(\"vip\")                         | 36 | never hold both",
        "orders.count < 0                                                | 17 | \"orders.count < 0\" never holds.",
        "orders.lastOn == null, orders.lastOn != null                    | 40 | never hold both",
        "orders.count != 1, orders.count >= 1, orders.count <= 1         | 55 | never holds together with the conditions before it"})
    void seesConditionsThatNeverHoldTogether(String conditions, int column, String message) {
        assertThat(doubts(conditions)).singleElement().satisfies(doubt -> {
            assertThat(doubt.severity()).isEqualTo("warning");
            assertThat(doubt.column()).isEqualTo(column);
            assertThat(doubt.message()).contains(message);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders.count > 5, orders.count < 7", "orders.revenue > 5, orders.revenue < 6", "orders.daysSinceLast >= 45, orders.daysSinceLast <= 90",
        "country != \"NL\", country != \"BE\"", "country contains \"a\", country str[startsWith] \"b\"", "email contains \"@\", email not contains \"+\"",
        "number(\"a\") > 5 || number(\"a\") <= 5", "orders.countWithin(30) > 5, orders.countWithin(7) < 5", "orders.daysSinceLast > 100000", "text(\"a\") == \"x\", text(\"b\") == \"y\"",
        "orders.count > 5 || orders.count < 3", "orders.count == 5, orders.count >= 5, orders.count <= 5"})
    void leavesSensibleRulesAlone(String conditions) {
        assertThat(doubts(conditions)).isEmpty();
    }

    /** Whoever sends such a draft mustn't keep the server busy. */
    @Test
    void isDoneSoonWithMuch() {
        String much = IntStream.range(0, 99).mapToObj("orders.revenue > %d"::formatted).collect(Collectors.joining(", ")) + ", ("
                + IntStream.range(0, 99).mapToObj("orders.revenue != 0.%d"::formatted).collect(Collectors.joining(" || ")) + ")";
        long started = System.nanoTime();
        assertThat(doubts(much)).isEmpty();
        assertThat(doubts(IntStream.range(0, 900).mapToObj("orders.revenue > %d"::formatted).collect(Collectors.joining(", ")))).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void seesWhatCannotBeForetold() {
        assertThat(doubts("orders.daysSinceLast > number(\"rhythm\")")).singleElement().satisfies(doubt -> {
            assertThat(doubt.severity()).isEqualTo("warning");
            assertThat(doubt.message()).contains("changes with time and nobody can tell when");
        });
        assertThat(doubts("orders.average < orders.revenue")).isEmpty();
    }

    private static List<RuleProblem> doubts(String conditions) {
        var script = Script.read("segments", "rule \"x\" when\n $c : Customer( %s )\nthen segments.enter($c, \"x\", \"x\"); end".formatted(conditions));
        assertThat(script.problems()).isEmpty();
        return Doubts.of(script.rules());
    }
}
