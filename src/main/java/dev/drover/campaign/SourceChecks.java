package dev.drover.campaign;

import dev.drover.campaign.Campaign.Type;
import dev.drover.campaign.Estimates.Estimate;
import dev.drover.campaign.PreSend.Check;
import dev.drover.campaign.PreSend.Weight;
import dev.drover.journey.JourneySwitch;
import dev.drover.kernel.Problem;
import dev.drover.trigger.TriggerSwitch;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks at the journey or trigger of a campaign before it begins: what will be done to it, and what keeps it from being done. */
@Component
class SourceChecks {

    private final CampaignSources sources;
    private final JourneySwitch journeys;
    private final TriggerSwitch triggers;

    SourceChecks(CampaignSources sources, JourneySwitch journeys, TriggerSwitch triggers) {
        this.sources = sources;
        this.journeys = journeys;
        this.triggers = triggers;
    }

    /** What it names is there. */
    void of(Campaign campaign, Estimate estimate, List<Check> checks) {
        try {
            sources.check(campaign);
        } catch (Problem now) {
            checks.add(new Check(Weight.WARN, "In hand", now.getMessage() + " If that is still so when this is to begin, it doesn’t.", "content"));
        }
        String id = Objects.requireNonNull(SourceInput.id(campaign.settings()));
        var trigger = campaign.type() == Type.TRIGGERED ? triggers.find(id).orElseThrow() : null;
        if (trigger != null) {
            checks.add(new Check(trigger.storms() ? Weight.WARN : Weight.GOOD, "Trigger", "%s: %s.%s".formatted(trigger.when(), trigger.does(), trigger.storms() ? " It is in a storm: see its page first."
                    : trigger.active() ? " It is on already, and stays on when the campaign ends." : " It is switched on when the campaign begins, and off when it ends."), ""));
        }
        journey(trigger == null ? id : trigger.journey(), checks);
        if (campaign.letsIn()) {
            audience(estimate, checks);
        } else if (campaign.type() == Type.DRIP) {
            checks.add(new Check(Weight.HINT, "Audience", "Nobody is let in when it begins: counted is who enters the journey by its own ways.", "audience"));
        }
    }

    private void journey(@Nullable String id, List<Check> checks) {
        var journey = id == null ? null : journeys.find(id).orElse(null);
        if (journey != null) {
            checks.add(new Check(Weight.GOOD, "Journey", "“%s” %s".formatted(journey.name(), journey.closed() ? "is closed: it is opened when the campaign begins, and closed again when it ends."
                    : "is open, and stays open when the campaign ends."), ""));
        }
    }

    private static void audience(Estimate estimate, List<Check> checks) {
        checks.add(estimate.audience() == 0 ? new Check(Weight.STOP, "Audience", "Nobody is in it now.", "audience")
                : estimate.reached() == 0 ? new Check(Weight.WARN, "Audience", "All of them are on the journey already: nobody is let in a second time.", "audience")
                : new Check(Weight.GOOD, "Audience", "Each is let in once when it begins. What they may be sent is decided at each step.", ""));
    }
}
