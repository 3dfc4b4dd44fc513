package dev.drover.campaign;

import dev.drover.campaign.Runs.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A campaign as it is told by the API: with what it was sent in, and how far it is. */
@Component
class CampaignView {

    private final Campaigns campaigns;
    private final Runs runs;
    private final Entrants entrants;
    private final CampaignSources sources;

    CampaignView(Campaigns campaigns, Runs runs, Entrants entrants, CampaignSources sources) {
        this.campaigns = campaigns;
        this.runs = runs;
        this.entrants = entrants;
        this.sources = sources;
    }

    Map<String, Object> of(Campaign campaign) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", campaign.id());
        view.put("name", campaign.name());
        view.put("description", campaign.description());
        view.put("type", campaign.type().key());
        view.put("status", campaign.status().key());
        view.put("problem", campaign.problem());
        view.put("segment", campaign.audience().segments().size() == 1 ? campaign.audience().segments().getFirst() : null);
        view.put("segments", campaign.audience().segments());
        view.put("exclude", campaign.audience().exclude());
        view.put("listed", campaign.audience().listed() ? campaigns.listed(campaign.id()) : 0);
        view.put("conditions", campaign.audience().conditions());
        var source = campaign.settings().source();
        view.put("journey", campaign.type() == Campaign.Type.DRIP ? SourceInput.id(campaign.settings()) : null);
        view.put("trigger", campaign.type() == Campaign.Type.TRIGGERED ? SourceInput.id(campaign.settings()) : null);
        view.put("endsAt", source == null ? null : source.until());
        view.put("template", campaign.content().template());
        view.put("subject", campaign.content().subject());
        view.put("preheader", campaign.content().preheader());
        view.put("fromName", campaign.content().fromName());
        view.put("fromEmail", campaign.content().fromEmail());
        view.put("replyTo", campaign.content().replyTo());
        view.put("scheduledAt", campaign.scheduledAt());
        view.put("startedAt", campaign.startedAt());
        view.put("endedAt", campaign.endedAt());
        view.put("settings", settings(campaign.settings()));
        view.put("experiment", campaign.experiment());
        view.put("run", campaign.run() == 0 ? null : runs.find(campaign.id(), campaign.run()).map(CampaignView::run).orElse(null));
        if (campaign.type().wraps()) {
            view.put("entered", campaign.letsIn() ? entrants.counts(campaign.id()) : null);
            view.put("notice", sources.notice(campaign));
        }
        view.put("createdBy", campaign.createdBy());
        view.put("createdAt", campaign.createdAt());
        return view;
    }

    private static Map<String, Object> settings(Campaign.Settings settings) {
        var view = new LinkedHashMap<String, Object>();
        view.put("trackOpens", settings.trackOpens());
        view.put("trackClicks", settings.trackClicks());
        view.put("utmCampaign", settings.utmCampaign());
        view.put("localTime", settings.localTime());
        view.put("sendTime", settings.sendTime().key());
        view.put("fallback", settings.fallback());
        view.put("oncePerDays", settings.oncePerDays());
        view.put("holdout", settings.holdout());
        view.put("repeat", settings.recurrence() == null ? null : repeat(settings.recurrence()));
        return view;
    }

    private static Map<String, Object> repeat(Recurrence recurrence) {
        var view = new LinkedHashMap<String, Object>();
        view.put("days", recurrence.days().stream().map(day -> day.name().toLowerCase(Locale.ROOT)).toList());
        view.put("time", recurrence.time().toString());
        view.put("timeZone", recurrence.zone().getId());
        view.put("until", recurrence.until());
        return view;
    }

    private static @Nullable Map<String, Object> run(Run run) {
        var view = new LinkedHashMap<String, Object>();
        view.put("number", run.number());
        view.put("phase", run.phase());
        view.put("dueAt", run.dueAt());
        view.put("begunAt", run.begunAt());
        view.put("recipients", run.recipients());
        view.put("sifted", run.sifted());
        view.put("queued", run.queued());
        view.put("queuedAt", run.queuedAt());
        view.put("decideAt", run.decideAt());
        view.put("endedAt", run.endedAt());
        return view;
    }
}
