package dev.drover.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleCheckerTests {

    private static final String GOOD = """
            // Big spenders: who spent 900 or more.

            rule "big"
            when
                $c : Customer( orders.revenue >= 900, $sum : orders.revenue )
            then
                segments.enter($c, "big", "Spent " + $sum);
            end
            """;

    private final RuleChecker checker = new RuleChecker(new Compiler());

    @Test
    void findsNothingInTheShippedRules() {
        new RuleFolder(Path.of("rules")).read().forEach((path, bytes) -> {
            var reading = RuleReading.of(path, bytes);
            assertThat(reading.problems()).as(path).isEmpty();
            assertThat(checker.check(new RuleSource(path, reading.content().source()))).as(path).isEmpty();
        });
    }

    @Test
    void needsNeitherPackageNorImportsNorGlobals() {
        assertThat(check(GOOD)).isEmpty();
        assertThat(check("package anything.at.all\nimport dev.drover.ruleset.fact.Customer;\nglobal dev.drover.ruleset.fact.SegmentVerbs segments;\n" + GOOD)).isEmpty();
        assertThat(check(GOOD.replace("\n", "\r\n"))).isEmpty();
    }

    /** Each replaces something on the good file's lines; the column is the word's own. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "orders.revenue >= 900 | orders.turnover >= 900   | 5  | 27 | Orders has no 'turnover': it has average, count, daysSinceFirst, daysSinceLast, firstOn, lastOn, revenue.",
        "$sum : orders.revenue | $sum : spent             | 5  | 43 | Can't understand '$sum : spent'.",
        "Customer(             | Kustomer(                | 5  | 10 | There is no fact 'Kustomer'",
        "orders.revenue >= 900 | orders.revenue >> 900    | 5  | 20 | must be a Boolean expression",
        "orders.revenue >= 900 | orders.count == \"lots\" | 5  | 0  | \"lots\" stands where a number is expected.",
        "orders.revenue >= 900 | orders.revenue > \"abc\" | 5  | 20 | abc cannot be resolved",
        "segments.enter        | segments.entr            | 7  | 14 | The method entr(Customer, String, String) is undefined",
        "enter($c              | enter($d                 | 7  | 20 | $d cannot be resolved",
        "segments.enter        | segment.enter            | 7  | 5  | segment cannot be resolved",
        "\"Spent \" + $sum     | 5                        | 7  | 14 | not applicable for the arguments (Customer, String, int)",
        "\"Spent \" + $sum     | \"Spent \" $sum          | 7  | 31 | Not expected here",
        "$sum);                | $sum)                    | 7  | 0  | Not expected here",
        "\"big\", \"Spent \"   | $c.getCountry(), \"Spent \" | 7 | 24 | The segment's key must be written out",
        "\"big\", \"Spent \"   | \"Big Spenders\", \"Spent \" | 7 | 24 | The segment's key must be written out",
        "$sum : orders.revenue | $sum : orders.revenue    | 0  | 0  | "})
    void saysWhereAndWhy(String good, String bad, int line, int column, String message) {
        var problems = check(GOOD.replace(good.strip(), bad.strip()));
        if (line == 0) {
            assertThat(problems).isEmpty();
            return;
        }
        assertThat(problems).isNotEmpty();
        assertThat(problems.getFirst().line()).as(problems.toString()).isEqualTo(line);
        if (column > 0) {
            assertThat(problems.getFirst().column()).as(problems.toString()).isEqualTo(column);
        }
        assertThat(problems.getFirst().message()).containsIgnoringCase(message);
        assertThat(problems.getFirst().severity()).isEqualTo("error");
    }

    @Test
    void tellsTheProblemsOfEveryRule() {
        String second = GOOD.replace("\"big\"", "\"bigger\"").replace("orders.revenue >=", "orders.turnover >=").replace("// Big spenders: who spent 900 or more.\n", "");
        String third = second.replace("\"bigger\"", "\"biggest\"").replace("orders.turnover >=", "orders.revenue >=").replace("enter", "leave");
        var problems = check(GOOD + second + third);
        assertThat(problems).extracting(RuleProblem::line).containsExactly(12, 21);
    }

    @Test
    void missesTheEndOfAFile() {
        assertThat(check(GOOD.replace("end\n", ""))).isNotEmpty();
        assertThat(check("")).singleElement().extracting(RuleProblem::message).isEqualTo("There is no rule in this file.");
        assertThat(check("rool \"x\" when then end")).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isOne();
            assertThat(problem.column()).isOne();
        });
        assertThat(check("\u0000\uD800 {{{{")).isNotEmpty();
    }

    @Test
    void survivesWhateverComes() {
        String deep = "(".repeat(20_000);
        assertThat(check(GOOD.replace("orders.revenue >= 900", deep + "orders.revenue >= 900" + deep.replace('(', ')')))).isNotEmpty();
        assertThat(check(GOOD.replace("\"Spent \"", deep + "\"Spent \"" + deep.replace('(', ')')))).isNotEmpty();
        assertThat(check("/* never closed\n" + GOOD)).isNotEmpty();
        assertThat(check("x".repeat(200_001))).singleElement().extracting(RuleProblem::message).asString().contains("longer than");
        assertThat(check("rule \"a\" when then end\n".repeat(300))).isNotEmpty();
        assertThat(check(GOOD.replace("Customer(", "from( accumulate( eval("))).isNotEmpty();
        assertThat(check("\u202E\uFEFF" + GOOD)).isNotNull();
    }

    @Test
    void refusesWhatIsNoRule() {
        assertThat(check("import java.io.File;\n" + GOOD)).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isOne();
            assertThat(problem.message()).startsWith("Only facts");
        });
        assertThat(check("function void f() { System.exit(1); }\n" + GOOD)).extracting(RuleProblem::message).containsExactly("A rule file can't hold functions.");
        assertThat(check("declare Thing\n name : String\nend\n" + GOOD)).extracting(RuleProblem::message).containsExactly("A rule file can't declare types.");
        assertThat(check("global java.lang.Runtime runtime;\n" + GOOD)).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isOne();
            assertThat(problem.message()).contains("only global");
        });
        assertThat(check(GOOD + GOOD)).extracting(RuleProblem::message).containsExactly("There is a rule named \"big\" in this file already.");
    }

    /** A text that the compiler pastes into the code it makes of a rule; checking must compile at most, never run. */
    @Test
    void runsNothingOfWhatItChecks() {
        check(GOOD.replace("orders.revenue >= 900", "orders.revenue >= \"Double.valueOf(System.setProperty(\\\"drover.hostile\\\", \\\"1\\\"))\""));
        check(GOOD.replace("orders.revenue >= 900", "orders.revenue >= Double.valueOf(System.setProperty(\"drover.hostile\", \"1\"))"));
        assertThat(System.getProperty("drover.hostile")).isNull();
    }

    private List<RuleProblem> check(String source) {
        return checker.check(new RuleSource("segments/big.drl", source));
    }
}
