package dev.drover.delivery;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.delivery.RecipientFacts.Asked;
import dev.drover.template.Templates.Template;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What would become of a mailing if it left now: the rules are asked as they would be then. Writes nothing. */
@Component
public class Forecast {

    private static final int AT_ONCE = 500;

    /** @param word {@code send}, {@code skip} or {@code defer} @param rule {@code null} for a send @param reason in words, of the first who met it */
    public record Outcome(String word, @Nullable String rule, @Nullable String reason, long count) {}

    private record Kind(String word, @Nullable String rule) {}

    private final Customers customers;
    private final Eligibility eligibility;

    Forecast(Customers customers, Eligibility eligibility) {
        this.customers = customers;
        this.eligibility = eligibility;
    }

    /** Whom the rules would refuse it to now, for good. */
    public List<Long> refused(Template template, MessageOrigin origin, Collection<Long> customerIds) {
        var people = customers.byIds(customerIds);
        var decisions = eligibility.decide(people.stream().map(customer -> asked(template, origin, customer)).toList());
        return IntStream.range(0, people.size()).filter(n -> decisions.get(n).word().equals("skip")).mapToObj(n -> people.get(n).id()).toList();
    }

    /** @return most first */
    public List<Outcome> of(Template template, MessageOrigin origin, Collection<Long> customerIds) {
        Map<Kind, Outcome> found = new LinkedHashMap<>();
        var ids = new ArrayList<>(customerIds);
        for (int n = 0; n < ids.size(); n += AT_ONCE) {
            var people = customers.byIds(ids.subList(n, Math.min(ids.size(), n + AT_ONCE)));
            var asked = people.stream().map(customer -> asked(template, origin, customer)).toList();
            for (var decision : eligibility.decide(asked)) {
                found.merge(new Kind(decision.word(), decision.rule()), new Outcome(decision.word(), decision.rule(), decision.reason(), 1),
                        (before, one) -> new Outcome(before.word(), before.rule(), before.reason(), before.count() + 1));
            }
        }
        return found.values().stream().sorted((one, other) -> Long.compare(other.count(), one.count())).toList();
    }

    private static Asked asked(Template template, MessageOrigin origin, Customer customer) {
        return new Asked(customer, template.channel(), Deliveries.address(customer, template.channel()), template.type(), template.category(), origin.type(), origin.id(), Long.MAX_VALUE);
    }
}
