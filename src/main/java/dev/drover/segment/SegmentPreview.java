package dev.drover.segment;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.facts.Facts;
import dev.drover.facts.Whom;
import dev.drover.kernel.Problem;
import dev.drover.ruleset.language.Explainer;
import dev.drover.ruleset.language.Needing;
import dev.drover.ruleset.language.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Says of everybody whether rules that aren't in force would hold of them. Asked of the rules as they were read, without compiling: one who edits
 * waits for each figure. What they ask of other segments is answered by who is in these now.
 */
@Component
class SegmentPreview {

    /** @param key of the segment as it is; empty: it is new @param rules those that enter it */
    record Question(String key, List<Rule> rules) {}

    /** @param customerId external id @param reason why the rule would take the customer */
    record Example(String customerId, String name, String reason) {}

    /**
     * @param done     customers looked at so far
     * @param entering who aren't in it now
     * @param leaving  who are, and wouldn't be any more
     */
    record Figures(long done, long total, long count, long entering, long leaving, List<Example> sample, boolean finished) {}

    private static final int BLOCK = 2_000;
    private static final int SAMPLE = 10;
    private static final int AT_A_TIME = 3;

    private final JdbcClient jdbc;
    private final Facts facts;
    private final Memberships memberships;
    private final Customers customers;
    private final Semaphore places = new Semaphore(AT_A_TIME);

    SegmentPreview(JdbcClient jdbc, Facts facts, Memberships memberships, Customers customers) {
        this.jdbc = jdbc;
        this.facts = facts;
        this.memberships = memberships;
        this.customers = customers;
    }

    /**
     * @param goOn told the figures so far after each block; {@code false}: nobody wants to know any more
     * @throws Problem unavailable while several others are counting
     */
    Figures count(Question question, Predicate<Figures> goOn) {
        if (!places.tryAcquire()) {
            throw Problem.unavailable("Others are counting just now: try again in a moment.");
        }
        try {
            return new Run(question).count(goOn);
        } finally {
            places.release();
        }
    }

    private final class Run {
        private final Question question;
        private final dev.drover.ruleset.Needs needs;
        private final Set<String> asked;
        private final Map<Long, String> keys;
        private final long total;
        private final Map<Long, String> reasons = new HashMap<>();
        private List<Example> sample = List.of();
        private long done;
        private long count;
        private long entering;
        private long leaving;

        Run(Question question) {
            this.question = question;
            this.needs = Needing.of(question.rules());
            this.asked = question.rules().stream().flatMap(rule -> rule.asks().stream()).collect(Collectors.toSet());
            this.keys = jdbc.sql("SELECT id, key FROM customer_segment WHERE key = ANY(?) OR key = ?").param(asked.toArray(String[]::new)).param(question.key())
                    .query((row, n) -> Map.entry(row.getLong(1), row.getString(2))).list().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            this.total = jdbc.sql("SELECT count(*) FROM customer").query(Long.class).single();
        }

        Figures count(Predicate<Figures> goOn) {
            for (var from = block(0); from.isPresent(); from = block(from.get() + BLOCK)) {
                look(Whom.range(from.get(), from.get() + BLOCK));
                if (!goOn.test(figures(false))) {
                    break;
                }
            }
            return figures(true);
        }

        private Optional<Long> block(long from) {
            return jdbc.sql("SELECT id FROM customer WHERE id >= ? ORDER BY id LIMIT 1").param(from).query(Long.class).optional();
        }

        private void look(Whom whom) {
            Map<Long, List<String>> present = keys.isEmpty() ? Map.of() : memberships.present(whom).stream().filter(member -> keys.containsKey(member.segmentId()))
                    .collect(Collectors.groupingBy(Memberships.Member::customerId, Collectors.mapping(member -> keys.get(member.segmentId()), Collectors.toList())));
            for (var customer : facts.of(whom, needs)) {
                var segments = present.getOrDefault(customer.getId(), List.of());
                segments.stream().filter(asked::contains).forEach(customer::entered);
                var rule = question.rules().stream().filter(each -> Explainer.holds(each.when(), customer)).findFirst();
                boolean member = segments.contains(question.key());
                done++;
                count += rule.isPresent() ? 1 : 0;
                entering += rule.isPresent() && !member ? 1 : 0;
                leaving += rule.isEmpty() && member ? 1 : 0;
                if (rule.isPresent() && reasons.size() < SAMPLE) {
                    reasons.put(customer.getId(), reason(rule.get(), customer));
                }
            }
        }

        private Figures figures(boolean finished) {
            if (sample.size() < reasons.size()) {
                var people = customers.byIds(reasons.keySet()).stream().collect(Collectors.toMap(Customer::id, Function.identity()));
                sample = reasons.entrySet().stream().filter(entry -> people.containsKey(entry.getKey())).map(entry -> example(people.get(entry.getKey()), entry.getValue())).toList();
            }
            return new Figures(done, Math.max(total, done), count, entering, leaving, sample, finished);
        }
    }

    private static Example example(Customer customer, String reason) {
        String name = java.util.stream.Stream.of(customer.firstName(), customer.lastName()).filter(java.util.Objects::nonNull).collect(Collectors.joining(" "));
        return new Example(customer.externalId(), name.isBlank() ? customer.externalId() : name, reason);
    }

    /** As the rule would say it. */
    private static String reason(Rule rule, dev.drover.ruleset.fact.Customer customer) {
        Map<String, Object> values = new HashMap<>();
        rule.patterns().getFirst().bindings().forEach(binding -> values.put(binding.variable(), String.valueOf(binding.path().read(customer))));
        var words = new ArrayList<String>();
        rule.says().getFirst().reason().forEach(part -> words.add(String.valueOf(part.variable().isEmpty() ? part.literal() : values.get(part.variable()))));
        return String.join("", words);
    }
}
