package dev.drover.ruleset;

import dev.drover.kernel.Problem;
import dev.drover.ruleset.fact.Budget;
import dev.drover.ruleset.fact.ContentVerbs;
import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.fact.DeliveryVerbs;
import dev.drover.ruleset.fact.SegmentVerbs;
import dev.drover.ruleset.fact.Verdicts;
import dev.drover.ruleset.language.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.runtime.KieSession;

/**
 * The compiled rules of one group. Each decision has sessions of its own; a knowledge base may be used by many threads.
 *
 * @param files    by path
 * @param packages the same by the package of their rules
 * @param rules    those that decide, by the path of their file
 * @param off      those that are switched off
 * @param layers   in the order in which they decide: the segments that one enters can be asked for by the next
 */
record RuleGroup(String name, Map<String, RuleVersion> files, Map<String, RuleVersion> packages, Map<String, List<Rule>> rules, List<SwitchedOff> off,
        List<KieBase> layers) {

    /** Firings per fact that only an endless loop of rules reaches. */
    private static final int MOST_FIRINGS = 1_000;

    /**
     * @param budget {@code null}: as long as it takes
     * @throws Budget.Overrun when it takes longer
     */
    List<Verdict> decide(Collection<?> facts, @Nullable Budget budget) {
        var customers = customers(facts);
        customers.values().forEach(customer -> customer.decideWithin(budget));
        try {
            if (layers.size() == 1) {
                return decide(layers.getFirst(), facts, budget);
            }
            var verdicts = new ArrayList<Verdict>();
            for (KieBase layer : layers) {
                var said = decide(layer, facts, budget);
                said.forEach(verdict -> customers.get(verdict.customerId()).entered(verdict.key()));
                verdicts.addAll(said);
            }
            return verdicts;
        } finally {
            customers.values().forEach(customer -> customer.decideWithin(null));
        }
    }

    private List<Verdict> decide(KieBase layer, Collection<?> facts, @Nullable Budget budget) {
        KieSession session = layer.newKieSession();
        try {
            Verdicts verdicts = switch (name) {
                case "eligibility" -> new DeliveryVerbs();
                case "content" -> new ContentVerbs();
                default -> new SegmentVerbs();
            };
            session.setGlobal(RuleSource.global(name), verdicts);
            session.addEventListener(new Listener(packages, verdicts, budget));
            facts.forEach(session::insert);
            int most = MOST_FIRINGS * Math.max(1, facts.size());
            if (session.fireAllRules(most) >= most) {
                throw Problem.rejected("The rules of '" + name + "' don't come to an end.");
            }
            if (budget != null) {
                budget.check();
            }
            return verdicts.given();
        } catch (RuntimeException e) {
            throw unwrapped(e);
        } finally {
            session.dispose();
        }
    }

    private static Map<Long, Customer> customers(Collection<?> facts) {
        var customers = new HashMap<Long, Customer>();
        facts.forEach(fact -> {
            if (fact instanceof Customer customer) {
                customers.put(customer.getId(), customer);
            }
        });
        return customers;
    }

    /** Drools wraps what comes out of a fact. */
    private static RuntimeException unwrapped(RuntimeException thrown) {
        int depth = 0;
        for (Throwable each = thrown; each != null && depth < 20; each = each.getCause(), depth++) {
            if (each instanceof Budget.Overrun overrun) {
                return overrun;
            }
        }
        return thrown;
    }

    private static final class Listener extends DefaultAgendaEventListener {

        private final Map<String, RuleVersion> files;
        private final Verdicts verdicts;
        private final @Nullable Budget budget;

        Listener(Map<String, RuleVersion> files, Verdicts verdicts, @Nullable Budget budget) {
            this.files = files;
            this.verdicts = verdicts;
            this.budget = budget;
        }

        @Override
        public void beforeMatchFired(BeforeMatchFiredEvent event) {
            var rule = event.getMatch().getRule();
            var file = files.get(rule.getPackageName());
            verdicts.speaking(rule.getName(), file.path(), file.number());
            if (budget != null) {
                budget.tick();
            }
        }
    }
}
