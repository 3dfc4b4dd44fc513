package dev.drover.campaign;

import dev.drover.audience.Shown;
import dev.drover.campaign.Campaign.Type;
import dev.drover.campaign.CampaignPages.Progress;
import dev.drover.campaign.Runs.Run;
import dev.drover.experiment.Holdouts;
import dev.drover.journey.JourneySwitch;
import dev.drover.trigger.TriggerSwitch;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What a campaign's page shows of its journey or trigger, and of whom it kept without. */
@Component
class SourceView {

    /** Seconds. */
    private static final int LOOKS = 5;
    private static final Map<String, String> WORDS = Map.of("entered", "Let in", "inside", "Were on it already", "refused", "Couldn’t be let in");

    record Entered(String name, String count) {}

    private final CampaignSources sources;
    private final Entrants entrants;
    private final JourneySwitch journeys;
    private final TriggerSwitch triggers;
    private final Holdouts holdouts;

    SourceView(CampaignSources sources, Entrants entrants, JourneySwitch journeys, TriggerSwitch triggers, Holdouts holdouts) {
        this.sources = sources;
        this.entrants = entrants;
        this.journeys = journeys;
        this.triggers = triggers;
        this.holdouts = holdouts;
    }

    /** By what it sends, in words; {@code null}: by itself, or nobody has said. */
    @Nullable String name(Campaign campaign) {
        String id = campaign.type().wraps() ? SourceInput.id(campaign.settings()) : null;
        if (id == null) {
            return null;
        }
        return campaign.type() == Type.DRIP ? "the journey " + journeys.find(id).map(JourneySwitch.Standing::name).orElse(id) : "the trigger " + triggers.find(id).map(TriggerSwitch.Standing::name).orElse(id);
    }

    void show(Campaign campaign, Model model) {
        var taken = sources.of(campaign.id());
        var planned = campaign.settings().source();
        var counts = entrants.counts(campaign.id());
        model.addAttribute("notice", sources.notice(campaign)).addAttribute("begun", taken.isEmpty() ? null : Shown.time(taken.getFirst().since()))
                .addAttribute("ends", Shown.time(taken.isEmpty() ? planned == null ? null : planned.until() : taken.getFirst().endsAt())).addAttribute("scope", scope(campaign))
                .addAttribute("entered", List.of("entered", "inside", "refused").stream().filter(counts::containsKey).map(word -> new Entered(WORDS.get(word), Shown.number(counts.get(word)))).toList());
    }

    /** Whose holdout tells what it brought; {@code null}: nobody is kept without. */
    private @Nullable String scope(Campaign campaign) {
        String scope = campaign.type().wraps() ? sources.sending(campaign.id()).map(taken -> taken.type() + ":" + taken.id()).orElse(null) : "campaign:" + campaign.id();
        return scope == null || holdouts.find(scope).isEmpty() ? null : scope;
    }

    Progress progress(Campaign campaign, Run run) {
        if (run.phase().equals("queueing") && campaign.letsIn()) {
            return new Progress("%s of %s let in".formatted(Shown.number(run.queued()), Shown.number(run.recipients())), (int) (100 * run.queued() / Math.max(1, run.recipients())), 1);
        }
        boolean stopped = sources.of(campaign.id()).stream().anyMatch(taken -> taken.stoppedAt() != null);
        String on = sources.journey(campaign.id()).map(taken -> journeys.walking(taken.id(), taken.since())).map(many -> many == 1 ? "one customer who came since it began is on the journey"
                : "%s customers who came since it began are on the journey".formatted(Shown.number(many))).orElse("its trigger acts whenever it happens");
        return new Progress(stopped ? "Nobody new comes in; " + on + "." : "It goes on: " + on + ".", Progress.ENDLESS, LOOKS);
    }
}
