package dev.drover.campaign;

import dev.drover.campaign.Runs.Run;
import dev.drover.delivery.HeldMailings;
import dev.drover.delivery.Mailings;
import dev.drover.kernel.BackgroundLoop;
import dev.drover.kernel.ClockMoved;
import java.time.Duration;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells processes what they are still to be told, puts aside what is paused, brings back what is resumed, and sees when all has left. Several instances may. */
@Component
class CampaignLoop extends BackgroundLoop {

    private static final Duration EVERY = Duration.ofMillis(500);
    private static final int SET = 20_000;

    private final CampaignSignals signals;
    private final Campaigns campaigns;
    private final Runs runs;
    private final Mailings mailings;
    private final HeldMailings held;
    private final SourcedRuns sourced;
    private final TransactionTemplate transaction;

    CampaignLoop(CampaignSignals signals, Campaigns campaigns, Runs runs, Mailings mailings, HeldMailings held, SourcedRuns sourced, TransactionTemplate transaction) {
        super("campaigns");
        this.signals = signals;
        this.campaigns = campaigns;
        this.runs = runs;
        this.mailings = mailings;
        this.held = held;
        this.sourced = sourced;
        this.transaction = transaction;
    }

    @EventListener
    void on(ClockMoved moved) {
        ring();
    }

    void ringAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                ring();
            }
        });
    }

    @Override
    protected Duration round(boolean rung) {
        boolean more = false;
        RuntimeException failed = null;
        for (Run run : runs.open()) {
            try {
                more |= watch(run);
            } catch (RuntimeException e) {
                // One that can't be watched keeps no other from its end.
                failed = e;
            }
        }
        // Last, since it fails while the engine is away: what is paused is put aside, and what is resumed leaves, all the same.
        more |= signals.tell();
        if (failed != null) {
            throw failed;
        }
        return more ? Duration.ZERO : EVERY;
    }

    private boolean watch(Run run) {
        var campaign = campaigns.find(run.campaign()).orElse(null);
        if (campaign == null) {
            return false;
        }
        boolean paused = campaign.status() == CampaignState.PAUSED;
        boolean more = false;
        if (!run.phase().equals("cancelling")) {
            for (long mailing : run.mailings()) {
                more |= (paused ? held.putAside(mailing, SET) : held.bringBack(mailing, SET)) == SET;
            }
            more |= campaign.type().wraps() && run.begun() && sourced.hold(run.campaign(), paused);
        }
        if (campaign.type().wraps() && run.phase().equals("sending") && !paused) {
            if (sourced.over(campaign) && runs.move(run, "sending", "sent")) {
                tellSent(run);
            }
        } else if (run.phase().equals("sending") && !paused) {
            transaction.executeWithoutResult(status -> lookForTheEnd(run));
        } else if (run.phase().equals("sent")) {
            tellSent(run);
        }
        return more;
    }

    private void lookForTheEnd(Run run) {
        long first = Long.MAX_VALUE;
        for (long mailing : run.mailings()) {
            Long open = mailings.firstOpen(mailing, run.openFrom());
            first = Math.min(first, open == null ? Long.MAX_VALUE : open);
        }
        if (first < Long.MAX_VALUE) {
            if (first > run.openFrom()) {
                runs.openFrom(run, first);
            }
        } else if (runs.move(run, "sending", "sent")) {
            tellSent(run);
        }
    }

    /** Once for each engine that may run its process. */
    private void tellSent(Run run) {
        signals.write(run.campaign(), run.number(), "campaign.sent", "", Map.of());
    }
}
