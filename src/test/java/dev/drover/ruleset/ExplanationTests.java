package dev.drover.ruleset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.drover.ruleset.fact.Cart;
import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.fact.Orders;
import dev.drover.ruleset.language.Chance;
import dev.drover.ruleset.language.Explainer;
import dev.drover.ruleset.language.Held;
import dev.drover.ruleset.language.Rule;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of conditions is what Drools decides by. */
class ExplanationTests {

    private static final int RULES = 200;
    private static final int CUSTOMERS = 3_000;

    @Test
    void agreesWithDroolsOnRandomRulesAndCustomers() {
        var chance = new Chance(20_260_615);
        var source = new RuleSource("segments/chance.drl", IntStream.range(0, RULES).mapToObj(n -> """
                rule "%d" when $c : Customer( %s ) then segments.enter($c, "chance", "x"); end
                """.formatted(n, chance.condition(n % 5))).collect(Collectors.joining()));
        assertThat(source.script().problems()).as(source.text()).isEmpty();
        var rules = source.script().rules();
        var group = ShippedRules.compile("segments", Map.of(source.path(), source.text()));
        int yes = 0;
        for (int n = 0; n < CUSTOMERS; n++) {
            var customer = chance.customer(n, Chance.NOW);
            var decided = group.decide(List.of(customer), null).stream().map(Verdict::rule).collect(Collectors.toSet());
            yes += decided.size();
            for (Rule rule : rules) {
                var told = Explainer.explain(rule, customer);
                if (told.held() != decided.contains(rule.name())) {
                    throw new AssertionError("Told %s of %s, but Drools decides otherwise: %s".formatted(told.held(), rule.when().text(), told.leaves().toList()));
                }
            }
        }
        // Neither always nor never, else nothing would have been shown.
        assertThat(yes / (double) (RULES * CUSTOMERS)).isBetween(0.2, 0.8);
    }

    @Test
    void saysWhatTheFactsAreAndWhatFailed() {
        var told = explain("orders.daysSinceLast > 90, (orders.count >= 3 || country in (\"NL\", \"BE\")), !inSegment(\"vip\"), number(\"points\") != 3", Duration.ofMinutes(17_856));
        assertThat(told.held()).isFalse();
        assertThat(told.parts()).extracting(Held::text, Held::held, Held::actual).containsExactly(
                tuple("orders.daysSinceLast > 90", false, "12.4"),
                tuple("orders.count >= 3 || country in (\"NL\", \"BE\")", false, ""),
                tuple("!inSegment(\"vip\")", true, ""),
                tuple("number(\"points\") != 3", true, "none"));
        assertThat(told.failures()).extracting(Held::text, Held::actual).containsExactly(
                tuple("orders.daysSinceLast > 90", "12.4"), tuple("orders.count >= 3", "2"), tuple("country in (\"NL\", \"BE\")", "\"DE\""));
    }

    @Test
    void namesANotThatFailed() {
        assertThat(explain("!(orders.count == 2)", Duration.ZERO).failures()).extracting(Held::text, Held::actual).containsExactly(tuple("!(orders.count == 2)", "2"));
    }

    /** Two digits are enough, but where they would belie the comparison. */
    @ParameterizedTest
    @CsvSource({"P12DT9H36M, 12.4", "P90D, 90", "PT2160H1M, 90.000694", "P1DT8H, 1.33", "PT1S, 0.000012"})
    void showsNumbersForPeople(Duration last, String shown) {
        assertThat(explain("orders.daysSinceLast > 0", last).leaves()).singleElement().extracting(Held::actual).isEqualTo(shown);
    }

    private static Held explain(String conditions, Duration last) {
        var now = Instant.ofEpochMilli(Chance.NOW);
        var customer = new Customer(1, "DE", Map.of("points", "many"), now, now, new Orders(2, BigDecimal.TEN, now.minus(last), now.minus(last), now), Cart.none(now));
        var script = new RuleSource("segments/x.drl", "rule \"x\" when $c : Customer( %s ) then segments.enter($c, \"x\", \"x\"); end".formatted(conditions)).script();
        assertThat(script.problems()).isEmpty();
        return Explainer.explain(script.rules().getFirst(), customer);
    }
}
