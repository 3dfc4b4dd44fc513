package dev.drover.campaign;

import dev.drover.campaign.CampaignRuns.Begun;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.util.HashSet;
import org.springframework.stereotype.Component;

/**
 * Leaves in a run's snapshot whoever fulfils the campaign's conditions, some at a time: how far it is stands in the run's row, changed with the snapshot
 * in one transaction, so that it goes on there wherever it is broken off.
 */
@Component
class Sifting {

    private static final int AT_ONCE = 10_000;

    private final Campaigns campaigns;
    private final Runs runs;
    private final Recipients recipients;
    private final Crowds crowds;
    private final PlatformClock clock;

    Sifting(Campaigns campaigns, Runs runs, Recipients recipients, Crowds crowds, PlatformClock clock) {
        this.campaigns = campaigns;
        this.runs = runs;
        this.recipients = recipients;
        this.crowds = crowds;
        this.clock = clock;
    }

    /**
     * The next of them, in the caller's transaction.
     *
     * @return {@code more}: some are left to look at
     * @throws Problem rejected where the conditions can't be asked any more, conflict where nobody fulfils them
     */
    Begun some(long id, int number) {
        // The campaign first, the run then, as everywhere.
        var campaign = campaigns.lockedIfThere(id).orElse(null);
        var run = runs.locked(id, number).orElse(null);
        if (campaign == null || run == null || !run.phase().equals("sifting")) {
            return new Begun(run != null && run.begun() && !run.over() && !run.phase().equals("cancelling") ? "go" : "refused", clock.instant());
        }
        if (campaign.status() == CampaignState.PAUSED) {
            return new Begun("paused", run.dueAt());
        }
        var condition = crowds.condition(campaign).orElse(null);
        var block = recipients.next(id, number, run.siftedTo(), AT_ONCE);
        if (!block.isEmpty() && condition != null) {
            var out = new HashSet<>(block);
            crowds.fitting(condition, block).forEach(out::remove);
            recipients.take(run, out);
            runs.sifted(run, block.size(), block.getLast());
            return new Begun("more", run.dueAt());
        }
        long kept = recipients.kept(run);
        if (kept == 0 && campaign.type() != Campaign.Type.AUTOMATED) {
            throw Problem.conflict("Of %,d in its audience nobody fulfils its conditions any more.".formatted(run.recipients()));
        }
        runs.allSifted(run, kept);
        return new Begun("go", run.dueAt());
    }
}
