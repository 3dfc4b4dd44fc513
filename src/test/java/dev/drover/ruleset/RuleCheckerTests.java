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
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "orders.revenue >= 900 | orders.turnover >= 900   | 5  | 27 | Orders has no 'turnover': it has average, count, countOf(…), countWithin(…), daysSinceDue, daysSinceFirst",
        "$sum : orders.revenue | $sum : spent             | 5  | 50 | Customer has no 'spent': it has bornBefore(…), bornSince(…), cart, country",
        "Customer(             | Kustomer(                | 5  | 10 | There is no fact 'Kustomer': the facts here are Customer.",
        "orders.revenue >= 900 | orders.revenue >> 900    | 5  | 36 | Name again what is compared",
        "orders.revenue >= 900 | orders.count == \"lots\" | 5  | 36 | \"lots\" stands where a number is expected.",
        "orders.revenue >= 900 | orders.revenue > \"abc\" | 5  | 37 | \"abc\" stands where a number is expected.",
        "orders.revenue >= 900 | orders.revenue == null    | 5  | 38 | null can't stand here: 'orders.revenue' is a number.",
        "orders.revenue >= 900 | orders.revenue            | 5  | 20 | 'orders.revenue' is a number: compare it, such as orders.revenue >= 500.",
        "orders.revenue >= 900 | orders > 5                | 5  | 20 | 'orders' is compared by its parts: average, count",
        "orders.revenue >= 900 | country.code == \"NL\"   | 5  | 20 | 'country' has no parts.",
        "orders.revenue >= 900 | country > \"NL\"        | 5  | 28 | 'country' is a text, which '>' can't compare.",
        "orders.revenue >= 900 | orders.countWithin > 3    | 5  | 27 | 'orders.countWithin' is written orders.countWithin(30) >= 2.",
        "orders.revenue >= 900 | orders.countWithin(0) > 3 | 5  | 39 | A whole number of days stands here, at least 1.",
        "orders.revenue >= 900 | orders.lastOn == \"2026-01-01\" | 5 | 37 | write orders.lastSince",
        "orders.revenue >= 900 | orders.lastSince(\"1 May\") | 5 | 37 | A date stands here as \"2026-01-31\".",
        "orders.revenue >= 900 | orders.count (> 3 && < 5) | 5  | 34 | Name again what is compared",
        "orders.revenue >= 900 | orders.count > 3 && < 5   | 5  | 40 | Name again what is compared",
        "orders.revenue >= 900 | 900 <= orders.revenue     | 5  | 20 | What is compared stands on the left",
        "orders.revenue >= 900 | orders.count = 3          | 5  | 33 | A value can't be set: compare with '=='.",
        "orders.revenue >= 900 | orders.count > 3 and orders.revenue > 5 | 5 | 37 | Write && for it.",
        "orders.revenue >= 900 | orders.count > 3,         | 5  | 37 | Not expected here: ','",
        "segments.enter        | segments.entr            | 7  | 14 | There is no verb 'entr': a rule says segments.enter.",
        "enter($c              | enter($d                 | 7  | 20 | There is no $d here: write $d : Customer( … ) above.",
        "enter($c              | enter($sum               | 7  | 20 | $sum is no Customer.",
        "segments.enter        | segment.enter            | 7  | 5  | There is no 'segment' here",
        "\"Spent \" + $sum     | $count                  | 7  | 31 | There is no $count here: keep the value above, such as $count : orders.count.",
        "\"Spent \" + $sum     | \"Spent \" $sum          | 7  | 40 | Not expected here: '$sum'.",
        "$sum);                | $sum)                    | 7  | 47 | ';' is missing here",
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
