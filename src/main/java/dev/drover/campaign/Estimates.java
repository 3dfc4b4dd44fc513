package dev.drover.campaign;

import dev.drover.campaign.Crowds.Crowd;
import dev.drover.delivery.Forecast;
import dev.drover.delivery.Forecast.Outcome;
import dev.drover.kernel.PlatformClock;
import dev.drover.template.Templates.Template;
import java.util.List;
import org.springframework.stereotype.Component;

/** How many a campaign would reach if it left now, and why not the others. */
@Component
class Estimates {

    /**
     * @param audience how many are in it
     * @param reached  how many would get it, at once or later
     * @param later    how many of those not at once
     * @param excluded why the others wouldn't; most first
     * @param waiting  why some would get it later; most first
     * @param asked    for how many the rules were asked; fewer than the audience: the numbers are projected from a sample
     * @param candidates who might get it but for its conditions; as many as the audience where it has none
     * @param hours    of one that is sent at each one's best hour, how it would be spread; empty of others
     * @param looked   for how many of those the conditions were asked; fewer: the audience, too, is projected
     */
    record Estimate(long audience, long reached, long later, List<Reason> excluded, List<Reason> waiting, long asked, long candidates, long looked, List<HourSpread.Hour> hours) {

        public boolean projected() {
            return asked < audience || looked < candidates;
        }
    }

    /** @param rule {@code package.rule} or a plain name */
    record Reason(String rule, String reason, long count) {}

    private final Crowds crowds;
    private final Forecast forecast;
    private final BestHours hours;
    private final Entrants entrants;
    private final CampaignSettings settings;
    private final PlatformClock clock;

    Estimates(Crowds crowds, Forecast forecast, BestHours hours, Entrants entrants, CampaignSettings settings, PlatformClock clock) {
        this.crowds = crowds;
        this.entrants = entrants;
        this.forecast = forecast;
        this.hours = hours;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param contents by channel, the first is asked about; none of a drip or triggered one: of it is told whom it lets in */
    Estimate of(Campaign campaign, List<Template> contents) {
        if (campaign.type().wraps()) {
            return lettingIn(campaign);
        }
        var template = contents.getFirst();
        var crowd = crowds.now(campaign, settings.sample());
        var outcomes = forecast.of(template, campaign.origin(), crowd.sample());
        long asked = crowd.sample().size();
        var excluded = reasons(outcomes, "skip", crowd.count(), asked);
        var waiting = reasons(outcomes, "defer", crowd.count(), asked);
        long later = waiting.stream().mapToLong(Reason::count).sum();
        return new Estimate(crowd.count(), crowd.count() - excluded.stream().mapToLong(Reason::count).sum(), later, excluded, waiting, asked, crowd.candidates(), crowd.looked(), hours(campaign, template, crowd));
    }

    private List<HourSpread.Hour> hours(Campaign campaign, Template template, Crowd crowd) {
        if (campaign.settings().sendTime() != SendTime.OPTIMISED || crowd.sample().isEmpty()) {
            return List.of();
        }
        var now = clock.instant();
        var chosen = hours.of(template.channel(), hours.shares(template.channel(), now), now, crowd.sample());
        return HourSpread.projected(HourSpread.of(chosen), (double) crowd.count() / crowd.sample().size());
    }

    private Estimate lettingIn(Campaign campaign) {
        String journey = SourceInput.id(campaign.settings());
        if (!campaign.letsIn() || journey == null) {
            return new Estimate(0, 0, 0, List.of(), List.of(), 0, 0, 0, List.of());
        }
        var crowd = crowds.now(campaign, settings.sample());
        long asked = crowd.sample().size();
        long inside = asked == 0 ? 0 : Math.round((double) entrants.inside(journey, crowd.sample()) * crowd.count() / asked);
        return new Estimate(crowd.count(), crowd.count() - inside, 0, inside == 0 ? List.of() : List.of(new Reason("inside", "is on the journey already", inside)), List.of(), asked, crowd.candidates(), crowd.looked(), List.of());
    }

    private static List<Reason> reasons(List<Outcome> outcomes, String word, long all, long asked) {
        return outcomes.stream().filter(outcome -> outcome.word().equals(word))
                .map(outcome -> new Reason(String.valueOf(outcome.rule()), String.valueOf(outcome.reason()), Math.round((double) outcome.count() * all / asked))).toList();
    }
}
