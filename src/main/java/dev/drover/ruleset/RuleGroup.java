package dev.drover.ruleset;

import dev.drover.kernel.Problem;
import dev.drover.ruleset.fact.DeliveryVerbs;
import dev.drover.ruleset.fact.SegmentVerbs;
import dev.drover.ruleset.fact.Verdicts;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.kie.api.KieBase;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.runtime.KieSession;

/** The compiled rules of one group. Each decision has a session of its own; a knowledge base may be used by many threads. */
record RuleGroup(String name, Map<String, String> sources, KieBase base, ReadRules read) {

    RuleGroup(String name, Map<String, String> sources, KieBase base) {
        this(name, sources, base, ReadRules.of(sources));
    }

    /** Firings per fact that only an endless loop of rules reaches. */
    private static final int MOST_FIRINGS = 1_000;

    List<Verdict> decide(Collection<?> facts) {
        KieSession session = base.newKieSession();
        try {
            Verdicts verdicts = name.equals("eligibility") ? new DeliveryVerbs() : new SegmentVerbs();
            session.setGlobal(RuleSource.global(name), verdicts);
            session.addEventListener(new DefaultAgendaEventListener() {
                @Override
                public void beforeMatchFired(BeforeMatchFiredEvent event) {
                    verdicts.speaking(event.getMatch().getRule().getName());
                }
            });
            facts.forEach(session::insert);
            int most = MOST_FIRINGS * Math.max(1, facts.size());
            if (session.fireAllRules(most) >= most) {
                throw Problem.rejected("The rules of '" + name + "' don't come to an end.");
            }
            return verdicts.given();
        } finally {
            session.dispose();
        }
    }
}
