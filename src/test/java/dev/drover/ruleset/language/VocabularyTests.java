package dev.drover.ruleset.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.ruleset.fact.Cart;
import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.fact.Engagement;
import dev.drover.ruleset.fact.Events;
import dev.drover.ruleset.fact.Message;
import dev.drover.ruleset.fact.Orders;
import dev.drover.ruleset.fact.Recipient;
import dev.drover.ruleset.fact.Rfm;
import dev.drover.ruleset.fact.Subscription;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What rules may read and say is what facts have, and what is written of it is true. */
class VocabularyTests {

    private static final Map<Class<?>, String> PARTS = Map.of(Orders.class, "orders.", Cart.class, "cart.", Rfm.class, "rfm.", Engagement.class, "engagement.",
            Subscription.class, "subscription.", Events.class, "events.");

    /** Those that facts have for whoever fills them and works with them. A method that comes to a fact must come to rules, or here. */
    private static final Set<String> NOT_FOR_RULES = Set.of("id", "entered", "decideWithin", "isNumber", "momentOf", "knownSince", "now", "orders.firstAt", "orders.lastAt", "orders.lastAtOf", "orders.dueAt",
            "orders.purchases", "cart.changedAt", "engagement.openedAt", "engagement.clickedAt", "engagement.seenAt", "events.lastAt", "events.byName");

    @Test
    void knowsEveryMethodOfTheFacts() {
        var offered = names("Customer", "segments");
        offered.addAll(NOT_FOR_RULES);
        PARTS.values().forEach(part -> offered.add(part.substring(0, part.length() - 1)));
        var there = new TreeSet<>(methods(Customer.class, ""));
        PARTS.forEach((part, prefix) -> there.addAll(methods(part, prefix)));
        assertThat(there).isEqualTo(offered);
        assertThat(methods(Message.class, "")).isEqualTo(names("Message", "eligibility"));
        assertThat(methods(Recipient.class, "")).isEqualTo(names("Recipient", "eligibility"));
    }

    @TestFactory
    Stream<DynamicTest> givesExamplesThatAreTrue() {
        return Stream.of("segments", "eligibility").flatMap(group -> Vocabulary.of(group).words().stream().filter(word -> !word.kind().equals("fact") && !word.kind().equals("verb"))
                .map(word -> DynamicTest.dynamicTest(group + " " + word.example(), () -> {
                    String fact = !word.fact().isEmpty() ? word.fact() : "Customer";
                    boolean segments = fact.equals("Customer");
                    var script = Script.read(segments ? "segments" : "eligibility", segments
                            ? "rule \"x\" when $c : Customer( %s ) then segments.enter($c, \"x\", \"x\"); end".formatted(word.example())
                            : "rule \"x\" when $m : Message( %s ) Recipient( %s ) then delivery.skip($m, \"x\"); end".formatted(fact.equals("Message") ? word.example() : "",
                                    fact.equals("Recipient") ? word.example() : ""));
                    assertThat(script.problems()).isEmpty();
                    assertThat(word.description()).isNotBlank().doesNotContain("\n");
                })));
    }

    private static Set<String> names(String fact, String group) {
        return Vocabulary.of(group).terms(fact).stream().map(Term::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> methods(Class<?> fact, String prefix) {
        return Arrays.stream(fact.getDeclaredMethods()).filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .map(method -> prefix + property(method)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String property(Method method) {
        String bare = method.getName().replaceFirst(method.getParameterCount() == 0 ? "^(get|is)(?=[A-Z])" : "^$", "");
        return bare.substring(0, 1).toLowerCase(Locale.ROOT) + bare.substring(1);
    }
}
