package dev.drover.campaign;

import dev.drover.campaign.Runs.Run;
import dev.drover.delivery.HeldMailings;
import dev.drover.delivery.Mailings;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a campaign's process does, step by step. Each step may come twice, from two workers at once even, and does what is left of it: how far a run is
 * stands in its row, which is locked while it is moved on.
 */
@Component
public class CampaignRuns {

    static final int CHUNK = 10_000;
    static final long AT_A_TIME = Duration.ofSeconds(4).toNanos();

    /** @param outcome {@code go}, {@code early}, {@code paused}, {@code refused} or {@code more}: it is still looked who fulfils the conditions @param startAt when its time is */
    public record Begun(String outcome, Instant startAt) {}

    /** @param more whether more are left @param test a test's groups have theirs: it is decided at {@code decideAt} what the rest gets */
    public record Queued(boolean more, boolean test, Instant decideAt) {}

    /** @param outcome {@code go}: it is decided; {@code early}, {@code paused}, {@code asks}: somebody has to decide @param decideAt when it is time */
    public record Decided(String outcome, Instant decideAt) {}

    private final Campaigns campaigns;
    private final Runs runs;
    private final Recipients recipients;
    private final RunBeginning beginning;
    private final RunQueueing queueing;
    private final TestedRuns tested;
    private final SourcedRuns sourced;
    private final CampaignSources sources;
    private final Mailings mailings;
    private final HeldMailings held;
    private final CampaignPlanning planning;
    private final TransactionTemplate transaction;
    private final PlatformClock clock;

    CampaignRuns(Campaigns campaigns, Runs runs, Recipients recipients, RunBeginning beginning, RunQueueing queueing, TestedRuns tested, SourcedRuns sourced, CampaignSources sources,
            Mailings mailings, HeldMailings held, CampaignPlanning planning, TransactionTemplate transaction, PlatformClock clock) {
        this.campaigns = campaigns;
        this.runs = runs;
        this.recipients = recipients;
        this.beginning = beginning;
        this.queueing = queueing;
        this.tested = tested;
        this.sourced = sourced;
        this.sources = sources;
        this.mailings = mailings;
        this.held = held;
        this.planning = planning;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Its time has come: who is in the audience now is kept, what it says is kept, and sending may begin. */
    public Begun begin(long campaign, int number) {
        return beginning.begin(campaign, number);
    }

    /** Queues for some seconds, in chunks that stand by themselves. */
    public Queued queue(long campaign, int number) {
        return queueing.queue(campaign, number);
    }

    /** A test's wait is over, or it is asked whether it is. */
    public Decided decide(long campaign, int number) {
        return Objects.requireNonNull(transaction.execute(status -> tested.decide(campaign, number)));
    }

    /** All messages of it are done with. */
    public void close(long id, int number) {
        transaction.executeWithoutResult(status -> {
            var campaign = campaigns.locked(id);
            var run = runs.locked(id, number).orElseThrow();
            if (!runs.move(run, "sent", "closed")) {
                return;
            }
            sources.giveBack(campaign);
            if (campaign.type() == Campaign.Type.AUTOMATED && planning.next(campaign, clock.instant())) {
                // What somebody paused meanwhile stays so; the next one waits for them.
                campaigns.move(id, campaign.status() == CampaignState.PAUSED ? CampaignState.PAUSED : CampaignState.SCHEDULED, campaign.problem());
            } else {
                campaigns.move(id, CampaignState.COMPLETED, null);
            }
        });
    }

    /** Takes back for some seconds what hasn't left. @return whether more is left @throws Problem unavailable while some are in a dispatcher's hands */
    public boolean cancel(long id, int number) {
        var run = runs.find(id, number).orElse(null);
        if (run == null || !run.phase().equals("cancelling")) {
            return false;
        }
        var its = campaigns.find(id).filter(one -> one.type().wraps());
        if (its.isPresent()) {
            return sourced.cancel(its.get(), number);
        }
        long until = System.nanoTime() + AT_A_TIME;
        for (long mailing : run.mailings()) {
            int some;
            do {
                some = held.cancel(mailing, CHUNK, "the campaign was cancelled");
                if (System.nanoTime() > until) {
                    return true;
                }
            } while (some == CHUNK);
        }
        if (run.mailings().stream().anyMatch(mailing -> mailings.firstOpen(mailing, run.openFrom()) != null)) {
            throw Problem.unavailable("Some of its messages are in hand just now: they leave, or come back and are taken back, too.");
        }
        transaction.executeWithoutResult(status -> {
            recipients.forget(id, number);
            run.mailings().forEach(held::release);
            runs.move(run, "cancelling", "cancelled");
        });
        return false;
    }
}
