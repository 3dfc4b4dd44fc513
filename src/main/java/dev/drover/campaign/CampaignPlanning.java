package dev.drover.campaign;

import dev.drover.engine.Engine;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Gives a campaign its next run, and the run its process. In the caller's transaction. */
@Component
class CampaignPlanning {

    private final Campaigns campaigns;
    private final Runs runs;
    private final CampaignSignals signals;
    private final Engine engine;

    CampaignPlanning(Campaigns campaigns, Runs runs, CampaignSignals signals, Engine engine) {
        this.campaigns = campaigns;
        this.runs = runs;
        this.signals = signals;
        this.engine = engine;
    }

    void plan(Campaign campaign, Instant at) {
        int run = campaign.run() + 1;
        campaigns.plan(campaign.id(), run, at);
        runs.plan(campaign.id(), run, at, engine.identity());
        begin(campaign.id(), run, at);
    }

    /** To an engine that doesn't know it yet. */
    void begin(long campaign, int run, Instant at) {
        signals.write(campaign, run, "campaign.planned", "", Map.of("campaignId", Long.toString(campaign), "run", run, "campaignKey", CampaignSignals.key(campaign, run), "startAt", at.toString()));
    }

    /** Tells its process that it is cancelled. */
    void cancel(long campaign, int run) {
        signals.write(campaign, run, "campaign.cancelled", "", Map.of());
    }

    /** For one that comes again. @return whether it does */
    boolean next(Campaign campaign, Instant after) {
        var at = first(campaign, after);
        at.ifPresent(moment -> plan(campaign, moment));
        return at.isPresent();
    }

    static java.util.Optional<Instant> first(Campaign campaign, Instant after) {
        var recurrence = campaign.settings().recurrence();
        if (recurrence == null) {
            return java.util.Optional.empty();
        }
        return (campaign.settings().localTime() ? new Recurrence(recurrence.days(), recurrence.time(), ScheduledTime.EARLIEST, recurrence.until()) : recurrence).next(after);
    }
}
