package dev.drover.ruleset.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.ruleset.Needs;
import dev.drover.ruleset.fact.Cart;
import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.fact.Moments;
import dev.drover.ruleset.fact.Orders;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When time alone matters. */
class LooksTests {

    private static final long FAR = 800 * Moments.DAY;

    @Test
    void nothingChangesBeforeTheNextLook() {
        var chance = new Chance(4);
        var random = new Random(5);
        int looks = 0;
        int changes = 0;
        for (int round = 0; round < 30_000; round++) {
            var script = Script.read("segments", IntStream.range(0, 1 + random.nextInt(2)).mapToObj(n -> rule(String.valueOf(n), chance.condition(random.nextInt(3)))).collect(Collectors.joining()));
            assertThat(script.problems()).isEmpty();
            var needs = Needing.of(script.rules());
            if (needs.rechecked() || needs.boundaries().isEmpty()) {
                continue;
            }
            long now = Chance.NOW + random.nextInt(3) * random.nextLong(FAR);
            var before = decided(script.rules(), customer(round, now));
            long next = needs.nextLook(customer(round, now));
            assertThat(next).isGreaterThan(now);
            for (int n = 0; n < 6; n++) {
                long later = n == 0 ? next == Looks.NEVER ? now + FAR : next - 1 : now + 1 + random.nextLong(Math.min(next - now, FAR));
                later = Math.min(later, next - 1);
                if (later > now && !decided(script.rules(), customer(round, later)).equals(before)) {
                    throw new AssertionError("%s decides otherwise of customer %d at %s, already before %s".formatted(
                            script.rules().stream().map(rule -> rule.when().text()).toList(), round, Instant.ofEpochMilli(later), next));
                }
            }
            if (next != Looks.NEVER) {
                looks++;
                changes += decided(script.rules(), customer(round, next)).equals(before) ? 0 : 1;
            }
        }
        // Looking all the time would pass, too.
        assertThat(looks).isGreaterThan(2_000);
        assertThat(changes).isGreaterThan(looks / 8);
    }

    /** The last order was on 1 June at noon. */
    @ParameterizedTest
    @CsvSource({
        "orders.daysSinceLast > 90,                       2026-06-15T12:00:00Z,     2026-08-30T12:00:00Z",
        "orders.daysSinceLast > 90,                       2026-08-30T12:00:00Z,     2026-08-30T12:00:00.001Z",
        "orders.daysSinceLast > 90,                       2026-08-30T12:00:00.001Z, ",
        "'orders.daysSinceLast >= 45, orders.daysSinceLast <= 90', 2026-06-15T12:00:00Z, 2026-07-16T12:00:00Z",
        "'orders.daysSinceLast in (20, 30)',              2026-06-15T12:00:00Z,     2026-06-21T12:00:00Z",
        "orders.daysSinceFirst > 0.5,                     2026-06-01T12:00:00Z,     2026-06-02T00:00:00Z",
        "orders.count > 3,                                2026-06-15T12:00:00Z,     "})
    void looksWhenABoundaryIsPassed(String conditions, Instant now, Instant next) {
        var orders = new Orders(1, BigDecimal.TEN, Instant.parse("2026-06-01T12:00:00Z"), Instant.parse("2026-06-01T12:00:00Z"), now);
        var customer = new Customer(1, "NL", Map.of(), now, now, orders, Cart.none(now));
        assertThat(needs(conditions).nextLook(customer)).isEqualTo(next == null ? Looks.NEVER : next.toEpochMilli());
    }

    @Test
    void tellsWhatRulesRead() {
        var needs = needs("orders.countWithin(30) >= 2, events.count(\"product.viewed\", 7) > 1 || engagement.opens > 0, !subscription.active, daysSince(\"trialEndsOn\") >= -3, $last : orders.lastOn");
        assertThat(needs.facts()).containsExactlyInAnyOrder("orders.countWithin", "events.count", "engagement.opens", "subscription.active", "daysSince", "orders.lastOn");
        assertThat(needs.events()).contains("product.viewed", "email.opened", "sms.opened", "push.opened", "subscription.paused").doesNotContain("email.clicked");
        assertThat(needs.boundaries()).containsExactlyInAnyOrder(new Needs.Boundary("orders.countWithin", "", 30), new Needs.Boundary("events.count", "product.viewed", 7),
                new Needs.Boundary("daysSince", "trialEndsOn", -3));
        assertThat(needs.rechecked()).isFalse();
        assertThat(needs.reads("orders")).isTrue();
        assertThat(needs.reads("cart")).isFalse();
        assertThat(needs("orders.daysSinceLast > number(\"rhythm\")").rechecked()).isTrue();
    }

    private static Needs needs(String conditions) {
        var script = Script.read("segments", rule("x", conditions));
        assertThat(script.problems()).isEmpty();
        return Needing.of(script.rules());
    }

    private static String rule(String name, String conditions) {
        return "rule \"%s\" when $c : Customer( %s ) then segments.enter($c, \"x\", \"x\"); end\n".formatted(name, conditions);
    }

    /** The same one at any time. */
    private static Customer customer(int which, long now) {
        return new Chance(which * 7_919L + 13).customer(which, now);
    }

    private static Set<String> decided(List<Rule> rules, Customer customer) {
        var decided = new HashSet<String>();
        rules.stream().filter(rule -> Explainer.holds(rule.when(), customer)).forEach(rule -> decided.add(rule.name()));
        return decided;
    }
}
