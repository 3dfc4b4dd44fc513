package dev.drover.segment;

import dev.drover.facts.RuleNeeds;
import dev.drover.kernel.BackgroundLoop;
import dev.drover.kernel.ClockMoved;
import dev.drover.kernel.Problem;
import dev.drover.rfm.ScoresChanged;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/** Decides upon customers when time has come for them, and upon nobody else. Looks at the earliest moment once a second: one entry of an index. */
@Component
@ConditionalOnProperty(name = "drover.events.enabled", matchIfMissing = true, havingValue = "true")
class SegmentWatch extends BackgroundLoop {

    private static final int BATCH = 500;
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration UNTIL_RULES_ARE_IN_FORCE = Duration.ofSeconds(10);

    private final Looks looks;
    private final SegmentDecider decider;
    private final RuleNeeds needs;
    private final TransactionTemplate transaction;

    SegmentWatch(Looks looks, SegmentDecider decider, RuleNeeds needs, TransactionTemplate transaction) {
        super("segment-watch");
        this.looks = looks;
        this.decider = decider;
        this.needs = needs;
        this.transaction = transaction;
    }

    @EventListener
    void on(ClockMoved moved) {
        ring();
    }

    /** In the transaction of the scores: whoever sees them sees that there is something to decide. */
    @EventListener
    void on(ScoresChanged changed) {
        if (needs.now().reads("rfm")) {
            looks.scored(changed.run());
        }
    }

    @TransactionalEventListener(fallbackExecution = true)
    void after(ScoresChanged changed) {
        ring();
    }

    /** @return customers that were due */
    int decideDue() {
        return transaction.execute(tx -> {
            if (!looks.claim()) {
                return 0;
            }
            var due = looks.due(BATCH);
            if (!due.isEmpty()) {
                decider.decide(due);
            }
            return due.size();
        });
    }

    @Override
    protected Duration round(boolean rung) {
        try {
            return decideDue() == BATCH ? Duration.ZERO : LOOK;
        } catch (Problem notInForce) {
            return UNTIL_RULES_ARE_IN_FORCE;
        }
    }
}
