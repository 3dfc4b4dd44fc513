package dev.drover.campaign;

import dev.drover.campaign.CampaignRuns.Begun;
import dev.drover.delivery.Mailings;
import dev.drover.experiment.Holdouts;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.template.Templates.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The beginning of a run: what it says and who gets it are kept as they are at that moment, or it is refused and the reason stands in the campaign. */
@Component
class RunBeginning {

    /** By the clock, some get theirs more than a day after others. */
    private static final Duration AROUND_THE_WORLD = Duration.ofHours(26);

    private final Campaigns campaigns;
    private final Runs runs;
    private final Recipients recipients;
    private final Sendable sendable;
    private final Mailings mailings;
    private final TestedRuns tested;
    private final Sifting sifting;
    private final HourQueue hours;
    private final SourcedRuns sourced;
    private final CampaignSources sources;
    private final Holdouts holdouts;
    private final CampaignPlanning planning;
    private final CampaignSettings settings;
    private final TransactionTemplate transaction;
    private final PlatformClock clock;

    RunBeginning(Campaigns campaigns, Runs runs, Recipients recipients, Sendable sendable, Mailings mailings, TestedRuns tested, Sifting sifting, HourQueue hours, SourcedRuns sourced,
            CampaignSources sources, Holdouts holdouts, CampaignPlanning planning, CampaignSettings settings, TransactionTemplate transaction, PlatformClock clock) {
        this.campaigns = campaigns;
        this.runs = runs;
        this.recipients = recipients;
        this.sendable = sendable;
        this.mailings = mailings;
        this.tested = tested;
        this.sifting = sifting;
        this.hours = hours;
        this.sourced = sourced;
        this.sources = sources;
        this.holdouts = holdouts;
        this.planning = planning;
        this.settings = settings;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** With conditions it takes some seconds, and is to be called again for {@code more}. */
    Begun begin(long campaign, int number) {
        try {
            long until = System.nanoTime() + CampaignRuns.AT_A_TIME;
            var begun = Objects.requireNonNull(transaction.execute(status -> tryToBegin(campaign, number)));
            while (begun.outcome().equals("more") && System.nanoTime() < until) {
                begun = Objects.requireNonNull(transaction.execute(status -> sifting.some(campaign, number)));
            }
            return begun;
        } catch (Problem wrong) {
            if (wrong.kind() == Problem.Kind.UNAVAILABLE) {
                throw wrong;
            }
            return Objects.requireNonNull(transaction.execute(status -> refuse(campaign, number, String.valueOf(wrong.getMessage()))));
        }
    }

    private Begun tryToBegin(long id, int number) {
        // The campaign first, the run then, as everywhere: two who lock in turns would wait for each other.
        var campaign = campaigns.lockedIfThere(id).orElse(null);
        var run = runs.locked(id, number).orElse(null);
        if (campaign == null || run == null || run.over() || !run.begun() && runs.move(run, "cancelling", "cancelled")) {
            return new Begun("refused", clock.instant());
        }
        boolean paused = campaign.status() == CampaignState.PAUSED;
        if (run.begun()) {
            return new Begun(!run.phase().equals("sifting") ? "go" : paused ? "paused" : "more", run.dueAt());
        }
        if (paused) {
            return new Begun("paused", run.dueAt());
        }
        var late = Duration.between(run.dueAt(), clock.instant());
        if (late.isNegative()) {
            return new Begun("early", run.dueAt());
        }
        if (late.compareTo(settings.lateWithin().plus(campaign.settings().localTime() ? AROUND_THE_WORLD : Duration.ZERO)) > 0) {
            throw Problem.conflict("It was missed: it was to begin at %s, and nobody was there to begin it until %s later. Start it now, or schedule it anew.".formatted(run.dueAt(), inWords(late)));
        }
        var contents = sendable.contents(campaign);
        if (campaign.type().wraps()) {
            sourced.begin(campaign, run);
            campaigns.move(id, CampaignState.RUNNING, null);
            return new Begun(campaign.letsIn() && campaign.audience().conditions() != null ? "more" : "go", run.dueAt());
        }
        var opened = campaign.type() == Campaign.Type.AB_TEST ? tested.open(campaign, number, contents) : open(campaign, number, contents);
        long count = recipients.snapshot(campaign, number);
        if (count == 0 && campaign.type() != Campaign.Type.AUTOMATED) {
            throw Problem.conflict("Nobody is in its audience any more.");
        }
        if (campaign.settings().holdout() != null) {
            holdouts.set("campaign:" + id, campaign.settings().holdout() / 100, campaign.createdBy());
        }
        boolean sifted = campaign.audience().conditions() != null;
        runs.begin(run, count, opened, sifted);
        if (campaign.settings().sendTime() == SendTime.OPTIMISED) {
            hours.begin(id, number, contents.stream().map(Template::channel).toList(), clock.instant());
        }
        campaigns.move(id, CampaignState.RUNNING, null);
        return new Begun(sifted ? "more" : "go", run.dueAt());
    }

    private List<Long> open(Campaign campaign, int number, List<Template> contents) {
        var opened = new ArrayList<Long>();
        for (Template content : contents) {
            opened.add(mailings.open("campaign:%d:%d:%d".formatted(campaign.id(), number, opened.size()), content, campaign.origin(), campaign.guise(campaign.content())));
        }
        return opened;
    }

    private Begun refuse(long id, int number, String why) {
        var campaign = campaigns.locked(id);
        var run = runs.locked(id, number).orElseThrow();
        if (runs.refuse(run)) {
            recipients.forget(id, number);
            tested.cancel(id, number);
            if (campaign.type().wraps()) {
                sources.stop(campaign);
                sources.giveBack(campaign);
            }
            if (campaign.type() == Campaign.Type.AUTOMATED && planning.next(campaign, clock.instant())) {
                campaigns.move(id, CampaignState.SCHEDULED, "The one of %s wasn't sent. %s".formatted(run.dueAt(), why));
            } else {
                campaigns.move(id, CampaignState.DRAFT, why);
            }
        }
        return new Begun("refused", run.dueAt());
    }

    private static String inWords(Duration late) {
        return late.toHours() > 0 ? late.toHours() + " h " + late.toMinutesPart() + " min" : late.toMinutes() + " min";
    }
}
