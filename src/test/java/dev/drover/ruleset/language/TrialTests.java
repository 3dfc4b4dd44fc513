package dev.drover.ruleset.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.ruleset.fact.Cart;
import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.fact.Events;
import dev.drover.ruleset.fact.Orders;
import dev.drover.ruleset.fact.Rfm;
import dev.drover.ruleset.language.Layers.Member;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules tried by their tree: who would be in which segment, and why. */
class TrialTests {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final String LOYAL = """
            rule "loyal" when $c : Customer( orders.count >= 5, $n : orders.count ) then segments.enter($c, "loyal", $n + " orders"); end
            """;
    private static final String LOYAL_DUTCH = """
            rule "loyal dutch" when $c : Customer( inSegment("loyal"), country == "NL" ) then segments.enter($c, "loyal-dutch", "Loyal, and from here"); end
            """;
    private static final String GUESTS = """
            rule "guests" when $c : Customer( inSegment("spring-fair"), orders.count == 0 ) then segments.enter($c, "guests", "At the fair"); end
            """;

    @Test
    void decidesSegmentsThatAskForOthersAfterThese() {
        var trial = Trial.of(members(LOYAL_DUTCH, LOYAL), Set.of("loyal", "loyal-dutch"));
        assertThat(trial.decide(customer("NL", 7))).containsExactlyInAnyOrder("loyal", "loyal-dutch");
        assertThat(trial.decide(customer("BE", 7))).containsExactly("loyal");
        assertThat(trial.decide(customer("NL", 3))).isEmpty();
    }

    @Test
    void triesWhatASegmentDependsOnButTellsOnlyOfWhatIsAskedFor() {
        var trial = Trial.of(members(LOYAL, LOYAL_DUTCH, GUESTS), Set.of("loyal-dutch"));
        assertThat(trial.decide(customer("NL", 7))).containsExactly("loyal-dutch");
        assertThat(trial.members()).extracting(member -> member.rule().name()).containsExactly("loyal", "loyal dutch");
    }

    @Test
    void knowsTheSegmentsThatNoRuleDecides() {
        var trial = Trial.of(members(GUESTS), Set.of("guests"));
        assertThat(trial.decide(customer("NL", 0, "spring-fair"))).containsExactly("guests");
        assertThat(trial.decide(customer("NL", 0))).isEmpty();
    }

    @Test
    void forgetsOneDecisionInTheNext() {
        var customer = customer("NL", 7);
        Trial.of(members(LOYAL), Set.of("loyal")).decide(customer);
        assertThat(Trial.of(members(LOYAL_DUTCH), Set.of("loyal-dutch")).decide(customer)).isEmpty();
    }

    @Test
    void saysWhyAndWhyNot() {
        var in = Trial.of(members(LOYAL), Set.of("loyal")).explain(customer("NL", 7)).getFirst();
        assertThat(in.holds()).isTrue();
        assertThat(in.reason()).isEqualTo("7 orders");
        var out = Trial.of(members(LOYAL, LOYAL_DUTCH), Set.of("loyal-dutch")).explain(customer("NL", 3)).getFirst();
        assertThat(out.holds()).isFalse();
        assertThat(out.why().leaves().map(leaf -> leaf.text() + " " + leaf.held())).containsExactly("inSegment(\"loyal\") false", "country == \"NL\" true");
    }

    @Test
    void aChangedSegmentTouchesAllThatAskForItHoweverFar() {
        var chain = members(LOYAL, LOYAL_DUTCH, GUESTS, LOYAL_DUTCH.replace("loyal-dutch", "third").replace("inSegment(\"loyal\")", "inSegment(\"loyal-dutch\")"));
        assertThat(Trial.touchedBy(Set.of("loyal"), chain)).containsExactlyInAnyOrder("loyal", "loyal-dutch", "third");
    }

    private static List<Member> members(String... sources) {
        return Stream.of(sources).flatMap(source -> Script.read("segments", source).rules().stream()).map(rule -> new Member("segments/test.drl", rule)).toList();
    }

    private static Customer customer(String country, int orders, String... segments) {
        var person = new Customer.Person(1, null, null, country, null, null, Map.of(), NOW.minus(Duration.ofDays(300)).toEpochMilli());
        var bought = new Orders(orders, BigDecimal.valueOf(orders * 20L), NOW.minus(Duration.ofDays(200)), NOW.minus(Duration.ofDays(2)), NOW);
        return new Customer(person, bought, Cart.none(NOW), Rfm.NONE, new Events(Map.of(), NOW.toEpochMilli()), bought.lastAt(), Set.of(segments), NOW.toEpochMilli());
    }
}
