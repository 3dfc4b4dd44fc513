package dev.drover.campaign;

import dev.drover.facts.Facts;
import dev.drover.facts.Whom;
import dev.drover.kernel.Checks;
import dev.drover.kernel.Problem;
import dev.drover.ruleset.fact.Customer;
import dev.drover.segment.Segments;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Who fulfils a campaign's conditions: of these, or about how many of all who might get it. */
@Component
class Crowds {

    private static final int BLOCK = 5_000;
    /** So many who fulfil the conditions tell the share of the rest to some hundredths; where they are rare, so many are looked at for them. */
    private static final int ENOUGH = 1_000;
    private static final int MOST = 100_000;

    private final Recipients recipients;
    private final Facts facts;
    private final Segments segments;

    Crowds(Recipients recipients, Facts facts, Segments segments) {
        this.recipients = recipients;
        this.facts = facts;
        this.segments = segments;
    }

    /**
     * @param count      how many are in the audience; with conditions projected where not all were looked at
     * @param sample     some of them, the same each time; all of them where they are no more
     * @param candidates who might get it but for the conditions
     * @param looked     of those, whom the conditions were asked about; all of them where there are none
     */
    record Crowd(long count, List<Long> sample, long candidates, long looked) {

        boolean certainlyEmpty() {
            return count == 0 && looked == candidates;
        }
    }

    /** @throws Problem rejected where the conditions can't be understood any more */
    Crowd now(Campaign campaign, int most) {
        var condition = condition(campaign);
        long candidates = recipients.candidates(campaign);
        if (condition.isEmpty()) {
            return new Crowd(candidates, recipients.some(campaign, most), candidates, candidates);
        }
        var asked = recipients.some(campaign, MOST);
        var fit = new ArrayList<Long>();
        int looked = 0;
        while (looked < asked.size() && (looked < most || fit.size() < ENOUGH)) {
            var block = asked.subList(looked, Math.min(looked + BLOCK, asked.size()));
            fit.addAll(fitting(condition.get(), block));
            looked += block.size();
        }
        long count = looked == candidates ? fit.size() : Math.round((double) fit.size() * candidates / Math.max(1, looked));
        return new Crowd(count, List.copyOf(fit.subList(0, Math.min(most, fit.size()))), candidates, looked);
    }

    /** @throws Problem rejected where it can't be understood any more, as it asks for a segment that is gone */
    Optional<AudienceCondition> condition(Campaign campaign) {
        var checks = new Checks();
        var read = AudienceCondition.read(campaign.audience().conditions(), checks, segments.keys());
        checks.orThrow();
        return read;
    }

    /** Of these those of whom it holds, in their order; who is gone isn't among them. */
    List<Long> fitting(AudienceCondition condition, Collection<Long> customers) {
        var needs = condition.needs();
        Map<Long, Set<String>> members = needs.reads("inSegment") ? segments.of(customers) : Map.of();
        var fit = facts.of(Whom.these(customers), needs, members).stream().filter(condition::holds).map(Customer::getId).collect(Collectors.toSet());
        return customers.stream().filter(fit::contains).toList();
    }
}
