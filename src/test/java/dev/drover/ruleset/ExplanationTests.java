package dev.drover.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.ruleset.language.Chance;
import dev.drover.ruleset.language.Explainer;
import dev.drover.ruleset.language.Rule;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is told of conditions is what Drools decides by. */
class ExplanationTests {

    private static final int RULES = 400;
    private static final int CUSTOMERS = 3_000;

    @Test
    void agreesWithDroolsOnRandomRulesAndCustomers() {
        var chance = new Chance(20_260_615);
        var sources = IntStream.range(0, RULES / 100).mapToObj(file -> new RuleSource("segments/chance-" + file + ".drl", IntStream.range(0, 100).mapToObj(n -> """
                rule "%d" when $c : Customer( %s ) then segments.enter($c, "chance", "x"); end
                """.formatted(file * 100 + n, chance.condition(3))).collect(Collectors.joining()))).toList();
        sources.forEach(source -> assertThat(source.script().problems()).as(source.text()).isEmpty());
        var rules = sources.stream().flatMap(source -> source.script().rules().stream()).collect(Collectors.toMap(Rule::name, rule -> rule));
        var group = ShippedRules.compile("segments", sources.stream().collect(Collectors.toMap(RuleSource::path, RuleSource::text)));
        int yes = 0;
        for (int n = 0; n < CUSTOMERS; n++) {
            var customer = chance.customer(n, Chance.NOW);
            var decided = group.decide(List.of(customer), null).stream().map(Verdict::rule).collect(Collectors.toSet());
            yes += decided.size();
            for (Rule rule : rules.values()) {
                var told = Explainer.explain(rule, customer);
                assertThat(told.held()).as("%s: %s", rule.when().text(), told.leaves().toList()).isEqualTo(decided.contains(rule.name()));
            }
        }
        // Neither always nor never, else nothing would have been shown.
        assertThat(yes / (double) (RULES * CUSTOMERS)).isBetween(0.2, 0.8);
    }
}
