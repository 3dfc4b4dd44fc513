package dev.drover.campaign;

import dev.drover.campaign.AbTest.Variant;
import dev.drover.campaign.AbTests.Outcome;
import dev.drover.campaign.AbTests.Row;
import dev.drover.campaign.CampaignRuns.Decided;
import dev.drover.campaign.Runs.Run;
import dev.drover.delivery.Mailings;
import dev.drover.delivery.Mailings.Guise;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.template.Templates.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The steps of a campaign's process that are a test's: groups are drawn and queued, each variant in a mailing of its own; then it is decided, once, and
 * whoever is left in the snapshot gets the chosen one in another mailing. Who was drawn leaves the snapshot in the transaction that queues them, so that
 * nobody gets two, wherever it is broken off.
 */
@Component
class TestedRuns {

    private final Campaigns campaigns;
    private final Runs runs;
    private final Recipients recipients;
    private final AbTests tests;
    private final Mailings mailings;
    private final PlatformClock clock;

    TestedRuns(Campaigns campaigns, Runs runs, Recipients recipients, AbTests tests, Mailings mailings, PlatformClock clock) {
        this.campaigns = campaigns;
        this.runs = runs;
        this.recipients = recipients;
        this.tests = tests;
        this.mailings = mailings;
        this.clock = clock;
    }

    /** @param contents of each variant, in their order @return their mailings */
    List<Long> open(Campaign campaign, int number, List<Template> contents) {
        var test = AbTestInput.of(Objects.requireNonNull(campaign.experiment()));
        var opened = new ArrayList<Long>();
        for (int n = 0; n < contents.size(); n++) {
            opened.add(mailings.open("campaign:%d:%d:%d".formatted(campaign.id(), number, n), contents.get(n), campaign.origin(), guise(campaign, test.variants().get(n))));
        }
        tests.begin(campaign, number, test, opened);
        return opened;
    }

    private static Guise guise(Campaign campaign, Variant variant) {
        return campaign.guise(variant.of(campaign.content()));
    }

    /** It wasn't begun after all. */
    void cancel(long campaign, int number) {
        tests.cancel(campaign, number);
    }

    /** Whether the groups come next, not the rest. */
    boolean drawing(Run run) {
        return tests.find(run.campaign(), run.number()).filter(row -> row.status().equals("running")).isPresent();
    }

    /** Draws from the next of the snapshot and queues who is drawn; the run is the caller's alone. @return whether more are left */
    boolean queueSome(Run run, Campaign campaign, int most) {
        var row = tests.find(run.campaign(), run.number()).orElseThrow();
        var drawn = recipients.drawn(run, row.test().assignment(run.campaign(), run.number()), most);
        if (drawn.isEmpty()) {
            var last = row.test().lastDue(run.dueAt());
            runs.testing(run, (last.isAfter(clock.instant()) ? last : clock.instant()).plus(row.test().waitsFor()));
            return false;
        }
        var groups = new LinkedHashMap<String, List<Long>>();
        drawn.stream().filter(one -> one.variant() != null).forEach(one -> groups.computeIfAbsent(one.variant(), id -> new ArrayList<>()).add(one.customer()));
        long queued = 0;
        for (Map.Entry<String, List<Long>> group : groups.entrySet()) {
            int n = row.test().indexOf(group.getKey());
            queued += mailings.queueFrom(row.mailings().get(n), group.getValue(), row.test().due(row.test().variants().get(n), run.dueAt()));
            recipients.take(run, group.getValue());
        }
        runs.queued(run, queued, drawn.getLast().customer());
        return true;
    }

    /** Queues the next of those who get what was chosen. @return for how many it is new */
    int queueRest(Run run, List<Long> customers) {
        var row = tests.find(run.campaign(), run.number()).orElseThrow();
        var chosen = row.test().variants().get(row.test().indexOf(Objects.requireNonNull(row.chosen())));
        return mailings.queueFrom(run.mailings().getLast(), customers, row.test().dueForRest(chosen, run.dueAt(), Objects.requireNonNull(row.completedAt())));
    }

    /** The wait is over, or it is asked whether it is; in the caller's transaction. */
    Decided decide(long id, int number) {
        // The campaign first, the run then, as everywhere.
        var campaign = campaigns.lockedIfThere(id).orElse(null);
        var run = runs.locked(id, number).orElse(null);
        if (campaign == null || run == null || !run.phase().equals("testing")) {
            return new Decided("go", clock.instant());
        }
        var at = Objects.requireNonNullElse(run.decideAt(), clock.instant());
        if (campaign.status() == CampaignState.PAUSED) {
            return new Decided("paused", at);
        }
        if (at.isAfter(clock.instant())) {
            return new Decided("early", at);
        }
        var row = tests.find(id, number).orElseThrow();
        if (!row.test().automaticWinner()) {
            runs.asksForDecision(run);
            return new Decided("asks", at);
        }
        var outcomes = tests.outcomes(run, row);
        settle(campaign, run, row, Verdict.of(row, outcomes), outcomes, null);
        return new Decided("go", at);
    }

    /**
     * By somebody who doesn't wait, or was asked; within the caller's transaction, which holds the campaign.
     *
     * @param chosen id of a variant
     * @throws Problem conflict where nothing is to be decided, rejected for one that isn't tested
     */
    void decide(Campaign campaign, @Nullable String chosen, String by) {
        var run = campaign.run() == 0 ? null : runs.locked(campaign.id(), campaign.run()).orElse(null);
        if (run == null || !run.phase().equals("testing")) {
            throw Problem.conflict("Nothing of '%s' is to be decided now: that is so while its test waits for reactions.".formatted(campaign.name()));
        }
        if (campaign.status() != CampaignState.RUNNING) {
            throw Problem.conflict("The campaign '%s' is %s: resume it first.".formatted(campaign.name(), campaign.status().key()));
        }
        var row = tests.find(campaign.id(), campaign.run()).orElseThrow();
        if (chosen == null || row.test().indexOf(chosen) < 0) {
            throw Problem.invalid("variant", "Choose one of the variants: %s.".formatted(String.join(", ", row.test().variants().stream().map(Variant::id).toList())));
        }
        var outcomes = tests.outcomes(run, row);
        settle(campaign, run, row, Verdict.of(row, outcomes, chosen, by), outcomes, by);
    }

    private void settle(Campaign campaign, Run run, Row row, Verdict verdict, List<Outcome> outcomes, @Nullable String by) {
        if (tests.decide(campaign.id(), run.number(), verdict, outcomes, by)) {
            int n = row.test().indexOf(verdict.chosen());
            // What the chosen one said when the run began, whatever became of its template.
            long rest = mailings.open("campaign:%d:%d:rest".formatted(campaign.id(), run.number()), mailings.text(row.mailings().get(n)), campaign.origin(), guise(campaign, row.test().variants().get(n)));
            runs.rest(run, rest);
        }
    }
}
