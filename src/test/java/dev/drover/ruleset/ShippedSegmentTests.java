package dev.drover.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.ruleset.fact.Cart;
import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.fact.Events;
import dev.drover.ruleset.fact.Moments;
import dev.drover.ruleset.fact.Orders;
import dev.drover.ruleset.fact.Rfm;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules that make the shipped segments. */
class ShippedSegmentTests {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

    static RuleGroup rules;

    @BeforeAll
    static void compile() {
        rules = ShippedRules.compile("segments");
    }

    @Test
    void leavesWhoNeverOrderedAlone() {
        assertThat(keys(customer(never(), cart("0")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PT1H, true", "P30D, true", "P30DT1S, false"})
    void callsCustomersNewForThirtyDays(Duration firstOrder, boolean member) {
        assertThat(keys(customer(orders(1, "20", firstOrder, firstOrder), cart("0"))).contains("new")).isEqualTo(member);
    }

    @ParameterizedTest
    @CsvSource({"4, P10D, false", "5, P10D, true", "5, P90D, true", "5, P90DT1S, false", "50, P91D, false"})
    void callsCustomersLoyalWhoKeepOrdering(int orders, Duration last, boolean member) {
        assertThat(keys(customer(orders(orders, "100", Duration.ofDays(300), last), cart("0"))).contains("loyal")).isEqualTo(member);
    }

    @ParameterizedTest
    @CsvSource({"499.99, P10D, false", "500.00, P10D, true", "500, P180D, true", "9000, P180DT1S, false", "-20, P10D, false"})
    void callsCustomersVipWhoSpendMuch(String revenue, Duration last, boolean member) {
        assertThat(keys(customer(orders(3, revenue, Duration.ofDays(300), last), cart("0"))).contains("vip")).isEqualTo(member);
    }

    @ParameterizedTest
    @CsvSource({"P44DT23H59M59S, ", "P45D, lapsing", "P90D, lapsing", "P90DT1S, lapsed", "P400D, lapsed"})
    void tellsLapsingFromLapsed(Duration last, String segment) {
        var keys = keys(customer(orders(2, "40", Duration.ofDays(500), last), cart("0")));
        assertThat(keys).isEqualTo(segment == null ? List.of() : List.of(segment));
    }

    /** Five orders in 80 days: one each 20 days. */
    @ParameterizedTest
    @CsvSource({"5, P80D, P19DT23H, false", "5, P80D, P20D, true", "5, P80D, P34D, true", "5, P80D, P34DT1S, false", "3, P40D, P25D, false", "5, P20D, P6D, false", "4, P300D, P101D, false"})
    void knowsWhoIsDueByTheirOwnRhythm(int orders, Duration between, Duration last, boolean member) {
        assertThat(keys(customer(orders(orders, "100", between.plus(last), last), cart("0"))).contains("due-again")).isEqualTo(member);
    }

    @ParameterizedTest
    @CsvSource({"2, PT2H, , true", "2, PT59M, , false", "1, PT2H, , false", "3, PT49H, , false", "2, PT2H, P1D, false", "2, PT2H, P30D, true"})
    void seesWhoLookedAndTookNothing(int views, Duration lastLook, Duration lastOrder, boolean member) {
        var day = Math.floorDiv(NOW.minus(lastLook).toEpochMilli(), Moments.DAY);
        var looks = new Events(Map.of("product.viewed", new Events.Days(new long[] {day}, new int[] {views}, NOW.minus(lastLook).toEpochMilli())), NOW.toEpochMilli());
        var orders = lastOrder == null ? never() : orders(1, "20", lastOrder, lastOrder);
        var person = new Customer.Person(1, null, null, "NL", null, null, Map.of(), NOW.minus(Duration.ofDays(600)).toEpochMilli());
        assertThat(keys(new Customer(person, orders, Cart.none(NOW), Rfm.NONE, looks, Moments.NEVER, Set.of(), NOW.toEpochMilli())).contains("browsing")).isEqualTo(member);
        assertThat(keys(new Customer(person, orders, cart("10"), Rfm.NONE, looks, Moments.NEVER, Set.of(), NOW.toEpochMilli()))).doesNotContain("browsing");
    }

    @ParameterizedTest
    @CsvSource({"74.99, false", "75, true", "75.00, true"})
    void seesFullCarts(String total, boolean member) {
        assertThat(keys(customer(never(), cart(total))).contains("high-value-cart")).isEqualTo(member);
    }

    @Test
    void saysWhyAndBecauseOfWhichRule() {
        var verdict = rules.decide(List.of(customer(orders(2, "40", Duration.ofDays(500), Duration.ofDays(100)), cart("0"))), null).getFirst();
        assertThat(verdict.rule()).isEqualTo("no order for 90 days");
        assertThat(verdict.customerId()).isOne();
        assertThat(verdict.reason()).isEqualTo("Last order on 2026-03-07, more than 90 days ago");
    }

    /** Where many rules compare one field Drools would change to an index, which treats what never happened its own way. */
    @Test
    void decidesTheSameHoweverManyRulesThereAre() {
        var sources = new TreeMap<String, String>();
        IntStream.range(0, 40).forEach(n -> sources.put("segments/many-" + n + ".drl", """
                rule "above" when $c : Customer( orders.daysSinceLast > %1$d ) then segments.enter($c, "above", "x"); end
                rule "below" when $c : Customer( orders.daysSinceLast < %1$d ) then segments.enter($c, "below", "x"); end
                rule "at least" when $c : Customer( orders.daysSinceLast >= %1$d.5 ) then segments.enter($c, "above", "x"); end
                rule "at most" when $c : Customer( orders.daysSinceLast <= %1$d.5 ) then segments.enter($c, "below", "x"); end
                """.formatted(n)));
        var many = ShippedRules.compile("segments", sources);
        assertThat(many.decide(List.of(customer(never(), cart("0"))), null)).hasSize(80).extracting(Verdict::key).containsOnly("above");
        assertThat(many.decide(List.of(customer(orders(1, "1", Duration.ofHours(12), Duration.ofHours(12)), cart("0"))), null)).hasSize(81);
    }

    private static List<String> keys(Customer customer) {
        return rules.decide(List.of(customer), null).stream().map(Verdict::key).toList();
    }

    private static Customer customer(Orders orders, Cart cart) {
        return new Customer(1, "NL", Map.of(), NOW.minus(Duration.ofDays(600)), NOW, orders, cart);
    }

    private static Orders never() {
        return Orders.none(NOW);
    }

    private static Cart cart(String total) {
        return new Cart(new BigDecimal(total), 4, NOW, NOW);
    }

    private static Orders orders(int count, String revenue, Duration sinceFirst, Duration sinceLast) {
        var sum = new BigDecimal(revenue);
        return new Orders(count, sum, NOW.minus(sinceFirst), NOW.minus(sinceLast), NOW);
    }
}
