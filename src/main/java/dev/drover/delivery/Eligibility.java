package dev.drover.delivery;

import dev.drover.delivery.RecipientFacts.Asked;
import dev.drover.experiment.Holdouts;
import dev.drover.ruleset.Rulesets;
import dev.drover.ruleset.Verdict;
import dev.drover.kernel.PlatformClock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks the rules whether a message may go: now, later or never, and why. */
@Component
class Eligibility {

    /**
     * @param word  {@code send}, {@code skip} or {@code defer}
     * @param until of a defer
     */
    record Decision(String word, @Nullable String rule, @Nullable String reason, @Nullable Instant until) {
        static final Decision SEND = new Decision("send", null, null, null);

        boolean sends() {
            return word.equals("send");
        }
    }

    private final Rulesets rulesets;
    private final RecipientFacts facts;
    private final Holdouts holdouts;
    private final PlatformClock clock;

    Eligibility(Rulesets rulesets, RecipientFacts facts, Holdouts holdouts, PlatformClock clock) {
        this.rulesets = rulesets;
        this.facts = facts;
        this.holdouts = holdouts;
        this.clock = clock;
    }

    Decision decide(Asked asked) {
        return decide(List.of(asked)).getFirst();
    }

    /** Decides about messages that are there, not only thought of: whom a journey or campaign with a holdout meets is written down for its comparison. */
    List<Decision> settle(List<Asked> asked) {
        holdouts.met(asked.stream().filter(each -> each.type().equals("marketing")).map(RecipientFacts::wanted).toList(), clock.instant());
        return decide(asked);
    }

    /** In the order asked. What is known of all is looked up together; each is decided by itself. */
    List<Decision> decide(List<Asked> asked) {
        return facts.of(asked, clock.instant()).stream().map(each -> weightiest(rulesets.decide("eligibility", each))).toList();
    }

    /** Any skip outweighs every defer; of several skips the one whose rule has the highest salience is told, of several defers the longest. */
    static Decision weightiest(List<Verdict> verdicts) {
        var skip = verdicts.stream().filter(verdict -> verdict.verb().equals("skip")).findFirst();
        if (skip.isPresent()) {
            return new Decision("skip", skip.get().rule(), skip.get().reason(), null);
        }
        return verdicts.stream().filter(verdict -> verdict.verb().equals("defer")).max(Comparator.comparing(Verdict::until))
                .map(verdict -> new Decision("defer", verdict.rule(), verdict.reason(), verdict.until())).orElse(Decision.SEND);
    }
}
