package dev.drover.segment;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.facts.Whom;
import dev.drover.kernel.Problem;
import dev.drover.ruleset.Needs;
import dev.drover.ruleset.RuleTrial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Who would be in a segment by a rule that isn't in force yet: of everybody, with some examples, told bit by bit to whoever edits. */
@Component
class SegmentPreview {

    /** @param customerId external id @param reason why the rule takes the customer */
    record Example(String customerId, String name, String reason) {}

    /**
     * @param customers looked at so far, of about {@code total}
     * @param count     who would be in it
     * @param entering  of them, who by the rules in force aren't
     * @param leaving   who by the rules in force are, and wouldn't be
     */
    record Figures(long customers, long total, long count, long entering, long leaving, List<Example> sample, boolean finished) {}

    private static final int SAMPLE = 10;
    private static final int AT_A_TIME = 3;

    private final ImpactTrial blocks;
    private final CustomerFacts facts;
    private final Customers customers;
    private final Semaphore places = new Semaphore(AT_A_TIME);

    SegmentPreview(ImpactTrial blocks, CustomerFacts facts, Customers customers) {
        this.blocks = blocks;
        this.facts = facts;
        this.customers = customers;
    }

    /**
     * @param goOn told the figures so far after each block; {@code false}: nobody wants to know any more
     * @throws Problem unavailable while several others are counting
     */
    Figures count(String segment, RuleTrial trial, Predicate<Figures> goOn) {
        if (!places.tryAcquire()) {
            throw Problem.unavailable("Others are counting just now: try again in a moment.");
        }
        try {
            return new Count(segment, trial).everybody(goOn);
        } finally {
            places.release();
        }
    }

    private final class Count {
        private final String segment;
        private final RuleTrial trial;
        private final Needs needs;
        private final long total = blocks.about();
        private final Map<Long, String> reasons = new LinkedHashMap<>();
        private List<Example> sample = List.of();
        private long looked;
        private long members;
        private long entering;
        private long leaving;

        Count(String segment, RuleTrial trial) {
            this.segment = segment;
            this.trial = trial;
            this.needs = trial.needs();
        }

        Figures everybody(Predicate<Figures> goOn) {
            var all = blocks.blocks(total);
            for (long n = 0; n < all.number(); n++) {
                look(all.block(n));
                if (!goOn.test(figures(false))) {
                    return figures(false);
                }
            }
            return figures(true);
        }

        private void look(Whom whom) {
            for (var customer : facts.of(whom, needs)) {
                boolean now = trial.now(customer).contains(segment);
                boolean then = trial.then(customer).contains(segment);
                looked++;
                members += then ? 1 : 0;
                entering += then && !now ? 1 : 0;
                leaving += now && !then ? 1 : 0;
                if (then && reasons.size() < SAMPLE) {
                    reasons.put(customer.getId(), Reasons.shortly(segment, trial.whyThen(customer), true));
                }
            }
        }

        private Figures figures(boolean finished) {
            if (sample.size() < reasons.size()) {
                var people = customers.byIds(reasons.keySet()).stream().collect(Collectors.toMap(Customer::id, Function.identity()));
                sample = reasons.entrySet().stream().filter(entry -> people.containsKey(entry.getKey())).map(entry -> example(people.get(entry.getKey()), entry.getValue())).toList();
            }
            return new Figures(looked, finished ? looked : Math.max(total, looked), members, entering, leaving, sample, finished);
        }
    }

    private static Example example(Customer customer, String reason) {
        return new Example(customer.externalId(), customer.shownName(), reason);
    }
}
