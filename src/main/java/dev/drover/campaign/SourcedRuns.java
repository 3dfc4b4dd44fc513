package dev.drover.campaign;

import dev.drover.campaign.CampaignSources.Taken;
import dev.drover.campaign.Runs.Run;
import dev.drover.delivery.HeldOrigins;
import dev.drover.journey.JourneySwitch;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The steps of a drip or triggered campaign's process, where they differ from one that sends by itself. Each may come twice. */
@Component
class SourcedRuns {

    private static final int CHUNK = 200;
    private static final int SET = 5_000;
    private static final long AT_A_TIME = Duration.ofSeconds(4).toNanos();
    /** The engine's clock and ours. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    /** So many times as long as it took to find out. */
    private static final int RESTS = 20;

    private final Campaigns campaigns;
    private final Runs runs;
    private final Recipients recipients;
    private final CampaignSources sources;
    private final Entrants entrants;
    private final JourneySwitch journeys;
    private final HeldOrigins held;
    private final TransactionTemplate transaction;
    private final PlatformClock clock;
    /** By the machine's own time: when to look at a campaign's end next. */
    private final Map<Long, Long> askAgain = new ConcurrentHashMap<>();

    SourcedRuns(Campaigns campaigns, Runs runs, Recipients recipients, CampaignSources sources, Entrants entrants, JourneySwitch journeys, HeldOrigins held, TransactionTemplate transaction,
            PlatformClock clock) {
        this.campaigns = campaigns;
        this.runs = runs;
        this.recipients = recipients;
        this.sources = sources;
        this.entrants = entrants;
        this.journeys = journeys;
        this.held = held;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** In the transaction that begins the run. */
    void begin(Campaign campaign, Run run) {
        var source = campaign.settings().source();
        if (source != null && source.until() != null && !source.until().isAfter(clock.instant())) {
            throw Problem.conflict("It was to end at %s, which is past: choose another end, or leave it open.".formatted(source.until()));
        }
        sources.take(campaign);
        long count = campaign.letsIn() ? recipients.snapshot(campaign, run.number()) : 0;
        if (count == 0 && campaign.letsIn()) {
            throw Problem.conflict("Nobody is in its audience any more.");
        }
        runs.begin(run, count, List.of(), campaign.letsIn() && campaign.audience().conditions() != null);
    }

    /** Lets in for some seconds. @return whether more are left @throws Problem unavailable while it is paused, or somebody else lets in */
    boolean letIn(Campaign campaign, int number) {
        long until = System.nanoTime() + AT_A_TIME;
        while (System.nanoTime() < until) {
            var now = campaigns.require(campaign.id());
            if (now.status() == CampaignState.PAUSED) {
                throw Problem.unavailable("The campaign is paused: nobody is let in until it is resumed.");
            }
            var taken = sources.journey(campaign.id()).orElse(null);
            var journey = taken == null ? "" : taken.id();
            if (taken == null || taken.endsAt() != null && !taken.endsAt().isAfter(clock.instant())) {
                // Its end came while some still waited to be let in: it comes for them, too.
                allIn(campaign.id(), number);
                return false;
            }
            int over = entrants.takeOver(campaign.id(), journey, CHUNK);
            var some = Objects.requireNonNull(transaction.execute(status -> claim(campaign.id(), number)));
            if (some.isEmpty() && over == 0) {
                if (entrants.starting(campaign.id())) {
                    throw Problem.unavailable("Of some it isn't known yet whether the engine has let them in.");
                }
                allIn(campaign.id(), number);
                return false;
            }
            entrants.letIn(campaign.id(), journey, some);
        }
        return true;
    }

    private void allIn(long campaign, int number) {
        transaction.executeWithoutResult(status -> runs.locked(campaign, number).filter(run -> run.phase().equals("queueing")).ifPresent(run -> {
            recipients.forget(campaign, number);
            runs.allQueued(run);
        }));
    }

    private List<Long> claim(long campaign, int number) {
        var run = runs.locked(campaign, number).filter(one -> one.phase().equals("queueing")).orElse(null);
        if (run == null) {
            return List.of();
        }
        var some = recipients.next(campaign, number, run.queuedTo(), CHUNK);
        if (!some.isEmpty()) {
            entrants.claim(campaign, some);
            recipients.take(run, some);
            runs.queued(run, some.size(), some.getLast());
        }
        return some;
    }

    /** What is waiting in the ledger is put aside while it is paused. @return whether there may be more */
    boolean hold(long campaign, boolean paused) {
        boolean more = false;
        for (Taken taken : sources.of(campaign)) {
            if (taken.until() == null) {
                more |= (paused ? held.putAside(taken.origin(), SET) : held.bringBack(taken.origin(), SET)) == SET;
            }
        }
        return more;
    }

    /** Whether it is over. Where it takes long to find out, it is asked less often: a campaign may go on for months. */
    boolean over(Campaign campaign) {
        long begun = System.nanoTime();
        if (begun - askAgain.getOrDefault(campaign.id(), begun) < 0) {
            return false;
        }
        boolean over = isOver(campaign);
        askAgain.put(campaign.id(), System.nanoTime() + RESTS * (System.nanoTime() - begun));
        if (over) {
            askAgain.remove(campaign.id());
        }
        return over;
    }

    /** Stops newcomers when the end has come. @return whether it is over: the end has come and who came before it is through, or all whom it let in are */
    private boolean isOver(Campaign campaign) {
        var taken = sources.of(campaign.id());
        if (taken.isEmpty()) {
            return true;
        }
        Instant end = taken.getFirst().endsAt();
        var journey = taken.stream().filter(Taken::journey).findFirst().orElse(null);
        if (end == null || end.isAfter(clock.instant())) {
            return end == null && campaign.letsIn() && journey != null && entrants.allThrough(campaign.id(), journey.id());
        }
        if (taken.stream().anyMatch(one -> one.stoppedAt() == null)) {
            sources.stop(campaign);
            return false;
        }
        if (journey == null || campaign.letsIn() && !entrants.allThrough(campaign.id(), journey.id())) {
            return journey == null;
        }
        // Where others still come by ways that were open before, who is on it is none of the campaign's.
        boolean stopped = taken.stream().anyMatch(Taken::switchedOn);
        return !stopped || !journeys.isWalked(journey.id(), journey.since().minus(SLACK), journey.stoppedAt());
    }

    /** Ends the journey for some of those who came since it began, and takes back what waits. @return whether more are left */
    boolean cancel(Campaign campaign, int number) {
        long until = System.nanoTime() + AT_A_TIME;
        for (Taken taken : sources.of(campaign.id())) {
            if (taken.until() != null) {
                continue;
            }
            boolean more = true;
            while (more) {
                more = held.cancel(taken.origin(), SET, "the campaign was cancelled") == SET || taken.journey() && journeys.endSome(taken.id(), taken.since().minus(SLACK));
                if (more && System.nanoTime() > until) {
                    return true;
                }
            }
        }
        transaction.executeWithoutResult(status -> runs.locked(campaign.id(), number).ifPresent(run -> {
            recipients.forget(campaign.id(), number);
            sources.giveBack(campaign);
            runs.move(run, "cancelling", "cancelled");
        }));
        return false;
    }
}
