package dev.drover.campaign;

import dev.drover.campaign.Campaign.Type;
import dev.drover.campaign.Runs.Run;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.template.Templates;
import dev.drover.template.Templates.Template;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What campaigns send in a stretch of time: what was begun, what is planned, and what recurring ones will come to. */
@Component
public class PlannedSends {

    /** More than a day's worth of a year; nothing comes more often than daily. */
    private static final int MOST_OCCURRENCES = 400;

    private final Campaigns campaigns;
    private final Runs runs;
    private final ExpectedRecipients expected;
    private final Templates templates;
    private final PlatformClock clock;

    PlannedSends(Campaigns campaigns, Runs runs, ExpectedRecipients expected, Templates templates, PlatformClock clock) {
        this.campaigns = campaigns;
        this.runs = runs;
        this.expected = expected;
        this.templates = templates;
        this.clock = clock;
    }

    /**
     * Those that begin within this time, the earliest first. What was taken back before it began is told of as cancelled, what couldn't begin isn't told of.
     *
     * @param to not included
     */
    public List<PlannedSend> between(Instant from, Instant to) {
        var found = new ArrayList<PlannedSend>();
        var channels = new HashMap<String, Channel>();
        var its = runs.between(from, to);
        var whose = campaigns.of(its.stream().map(Run::campaign).distinct().toList()).stream().collect(Collectors.toMap(Campaign::id, Function.identity()));
        its.forEach(run -> found.add(of(whose.get(run.campaign()), run, channels)));
        campaigns.recurring().forEach(campaign -> later(campaign, from, to, channels, found));
        found.sort(Comparator.comparing(PlannedSend::at).thenComparing(send -> send.campaign().id()));
        return found;
    }

    private PlannedSend of(Campaign campaign, Run run, Map<String, Channel> channels) {
        return new PlannedSend(campaign, run.number(), state(campaign, run), run.begun() && !campaign.settings().localTime() ? run.begunAt() : run.dueAt(), run.dueAt(), channel(campaign, channels),
                messages(campaign, run), !run.begun(), run.begun(), run.moved());
    }

    /** One that goes by a journey or a trigger sends nothing of its own; the journey's messages are counted as its own. */
    private @Nullable Long messages(Campaign campaign, Run run) {
        if (campaign.type().wraps()) {
            return null;
        }
        return run.begun() ? run.recipients() : expected.next(campaign);
    }

    private static CampaignState state(Campaign campaign, Run run) {
        return switch (run.phase()) {
            case "closed" -> CampaignState.COMPLETED;
            case "cancelling", "cancelled" -> CampaignState.CANCELLED;
            default -> run.number() == campaign.run() ? campaign.status() : CampaignState.COMPLETED;
        };
    }

    /** What comes after the run that is planned. */
    private void later(Campaign campaign, Instant from, Instant to, Map<String, Channel> channels, List<PlannedSend> found) {
        var run = runs.find(campaign.id(), campaign.run()).orElse(null);
        if (run == null) {
            return;
        }
        var after = List.of(run.dueAt(), clock.instant(), from.minusMillis(1)).stream().max(Comparator.naturalOrder()).orElseThrow();
        var state = campaign.status() == CampaignState.PAUSED ? CampaignState.PAUSED : CampaignState.SCHEDULED;
        var next = CampaignPlanning.first(campaign, after);
        for (int n = 0; n < MOST_OCCURRENCES && next.isPresent() && next.get().isBefore(to); n++) {
            found.add(new PlannedSend(campaign, 0, state, next.get(), next.get(), channel(campaign, channels), expected.later(campaign), true, false, 0));
            next = CampaignPlanning.first(campaign, next.get());
        }
    }

    /** Of the first of its texts; where a stand-in has another, most still go by the first. */
    private Channel channel(Campaign campaign, Map<String, Channel> known) {
        String key = campaign.content().template() == null && campaign.type() == Type.AB_TEST ? "" : String.valueOf(campaign.content().template());
        return known.computeIfAbsent(key, its -> templates.find(its).map(Template::channel).orElse(Channel.EMAIL));
    }
}
