package dev.drover.ruleset;

import dev.drover.ruleset.language.*;
import java.util.*;
import java.util.stream.*;
import org.junit.jupiter.api.Test;

class LeafScratchTests {
    @Test
    void leaves() {
        var chance = new Chance(7);
        var sources = IntStream.range(0, 2).mapToObj(file -> new RuleSource("segments/chance-" + file + ".drl", IntStream.range(0, 150).mapToObj(n -> """
                rule "%d" when $c : Customer( %s ) then segments.enter($c, "chance", "x"); end
                """.formatted(file * 150 + n, chance.condition(0))).collect(Collectors.joining()))).toList();
        var rules = sources.stream().flatMap(source -> source.script().rules().stream()).collect(Collectors.toMap(Rule::name, rule -> rule));
        long t = System.nanoTime();
        var outcome = new Compiler().compile(sources);
        System.out.println("COMPILED " + (System.nanoTime() - t) / 1e9 + " " + outcome.complaints());
        var group = new RuleGroup("segments", Map.of(), outcome.base());
        var seen = new TreeMap<String, String>();
        t = System.nanoTime();
        for (int n = 0; n < 1000; n++) {
            var customer = chance.customer(n, Chance.NOW);
            var decided = group.decide(List.of(customer)).stream().map(Verdict::rule).collect(Collectors.toSet());
            for (Rule rule : rules.values()) {
                var told = Explainer.explain(rule, customer);
                if (told.held() != decided.contains(rule.name())) seen.putIfAbsent(Drl.condition(rule.when()), told.leaves().map(Held::actual).toList() + " drools says " + decided.contains(rule.name()));
            }
        }
        System.out.println("DECIDED " + (System.nanoTime() - t) / 1e9);
        seen.forEach((a, b) -> System.out.println("DIFF " + a + "   IS " + b));
    }
}
