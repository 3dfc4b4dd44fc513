package dev.drover.campaign;

import dev.drover.audience.Shown;
import dev.drover.kernel.PlatformClock;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The campaigns, and what came of each. */
@Controller
@RequestMapping("/campaigns")
class CampaignPages {

    private static final int MOST = 200;
    private static final int RECIPIENTS = 25;
    /** Seconds. */
    private static final int LOOKS = 5;

    /** @param to in words @param source by what a drip or triggered one sends, in words; {@code null}: by itself, or nobody has said */
    record Row(Campaign campaign, String to, Shown.@Nullable Time at, @Nullable String repeats, String url, @Nullable String source, String sourceUrl) {}

    /** How far the sending is. @param percent that have left or won't, {@link #ENDLESS}: nobody knows how many there will be @param seen every how many seconds somebody should look again; 0: no more */
    record Progress(String words, int percent, int seen) {
        static final int ENDLESS = -1;
    }

    /** @param percent of what was sent */
    record Stage(String name, String count, String percent, String width) {}

    record Recipient(long id, @Nullable String customer, @Nullable String address, String status, @Nullable String reason, Shown.@Nullable Time at) {}

    private final Campaigns campaigns;
    private final CampaignDrafts drafts;
    private final CampaignDesk desk;
    private final Runs runs;
    private final CampaignStats stats;
    private final CampaignReport report;
    private final AbReport tested;
    private final HourSpread spread;
    private final CampaignRecipients people;
    private final SourceView source;
    private final CampaignSettings settings;
    private final PlatformClock clock;

    CampaignPages(Campaigns campaigns, CampaignDrafts drafts, CampaignDesk desk, Runs runs, CampaignStats stats, CampaignReport report, AbReport tested, HourSpread spread, CampaignRecipients people,
            SourceView source, CampaignSettings settings, PlatformClock clock) {
        this.campaigns = campaigns;
        this.drafts = drafts;
        this.desk = desk;
        this.runs = runs;
        this.stats = stats;
        this.report = report;
        this.tested = tested;
        this.spread = spread;
        this.people = people;
        this.source = source;
        this.settings = settings;
        this.clock = clock;
    }

    @GetMapping
    String list(@RequestParam @Nullable String status, Model model) {
        var state = status == null || status.isBlank() ? null : CampaignApi.state(status);
        model.addAttribute("rows", campaigns.list(state, Long.MAX_VALUE, MOST).stream().map(this::row).toList()).addAttribute("state", state).addAttribute("states", CampaignState.values());
        return "campaign/list";
    }

    private Row row(Campaign campaign) {
        var audience = campaign.audience();
        boolean wraps = campaign.type().wraps();
        String id = wraps ? SourceInput.id(campaign.settings()) : null;
        String to = wraps && !campaign.letsIn() ? "" : audience.everybody() ? campaign.content().template() == null ? "" : "everybody" : String.join(", ", audience.segments()) + (audience.listed() ? (audience.segments().isEmpty() ? "" : " and ") + "its own list" : "");
        return new Row(campaign, to, Shown.time(campaign.scheduledAt()), campaign.settings().recurrence() == null ? null : campaign.settings().recurrence().inWords(),
                "/campaigns/" + campaign.id() + (campaign.status() == CampaignState.DRAFT && campaign.startedAt() == null ? "/audience" : ""),
                source.name(campaign), campaign.type() == Campaign.Type.DRIP ? "/journeys/" + id : "/triggers/" + id);
    }

    @GetMapping("/{id:[0-9]+}")
    String detail(@PathVariable long id, @RequestParam @Nullable String status, @RequestParam @Nullable String after, Model model) {
        var campaign = campaigns.require(id);
        var counted = stats.of(id);
        var page = people.list(id, status == null || status.isBlank() ? null : status, after, RECIPIENTS);
        model.addAttribute("row", row(campaign)).addAttribute("campaign", campaign).addAttribute("stats", counted).addAttribute("funnel", funnel(counted)).addAttribute("unsent", report.unsent(id))
                .addAttribute("links", report.links(id)).addAttribute("devices", report.devices(id)).addAttribute("status", status == null ? "" : status).addAttribute("statuses", dev.drover.delivery.Message.STATUSES).addAttribute("next", page.next())
                .addAttribute("first", after == null).addAttribute("runs", runs.of(id).stream().filter(Runs.Run::begun).map(run -> new Begun(run.number(), Shown.time(run.begunAt()), Shown.number(run.recipients()), run.phase())).toList())
                .addAttribute("recipients", page.items().stream().map(message -> new Recipient(message.id(), message.customer(), message.address(), message.status(), message.reason(),
                        Shown.time(message.sentAt()))).toList())
                .addAttribute("revenue", String.format(Locale.ENGLISH, "%,.2f", counted.revenue())).addAttribute("chart", campaign.startedAt() == null ? null : report.days(id, campaign.startedAt(), clock.instant()));
        tested.of(campaign).ifPresent(test -> model.addAttribute("test", test).addAttribute("decideAt", Shown.time(test.decideAt())).addAttribute("variants", test.variants().stream().map(line -> AbReport.Shows.of(line, test)).toList()));
        var hours = spread.of(id, campaign.run());
        model.addAttribute("hours", HourSpread.shown(hours)).addAttribute("hourWords", HourSpread.words(hours));
        AudienceCondition.known(campaign.audience().conditions()).ifPresent(asked -> model.addAttribute("asked", asked.words()));
        source.show(campaign, model);
        model.addAttribute("window", days(settings.attributionDays())).addAttribute("holdout", campaign.settings().holdout() == null ? null : java.math.BigDecimal.valueOf(campaign.settings().holdout()).stripTrailingZeros().toPlainString());
        progress(campaign, counted, model);
        return "campaign/detail";
    }

    private static String days(int days) {
        var words = List.of("one day", "two days", "three days", "four days", "five days", "six days", "seven days", "eight days", "nine days", "ten days");
        return days <= words.size() ? words.get(days - 1) : days + " days";
    }

    record Begun(int number, Shown.@Nullable Time at, String recipients, String phase) {}

    @GetMapping("/{id}/progress")
    String progress(@PathVariable long id, Model model) {
        var campaign = campaigns.require(id);
        progress(campaign, stats.of(id), model);
        model.addAttribute("campaign", campaign);
        return "campaign/detail :: progress";
    }

    private void progress(Campaign campaign, CampaignStats.Stats counted, Model model) {
        var run = campaign.run() == 0 ? null : runs.find(campaign.id(), campaign.run()).orElse(null);
        Progress progress = null;
        if (run != null && campaign.type().wraps() && run.begun() && !run.over()) {
            progress = source.progress(campaign, run);
        } else if (run != null && run.phase().equals("testing")) {
            String until = run.decideAt() == null ? "The test is over: choose what the rest gets" : "The test runs until %s UTC, then it is decided what the rest gets".formatted(Shown.time(run.decideAt()).minute());
            progress = new Progress("%s. %s of %s recipients are in it.".formatted(until, Shown.number(run.queued()), Shown.number(run.recipients())), (int) (100 * run.queued() / Math.max(1, run.recipients())), LOOKS);
        } else if (run != null && run.phase().equals("sifting")) {
            progress = new Progress("Looking who fulfils the conditions: %s of %s".formatted(Shown.number(run.sifted()), Shown.number(run.recipients())), (int) (100 * run.sifted() / Math.max(1, run.recipients())),
                    campaign.status() == CampaignState.PAUSED ? LOOKS : 1);
        } else if (run != null && run.begun() && !run.over()) {
            long all = Math.max(1, run.recipients());
            long open = run.queuedAt() == null ? run.recipients() - run.queued() + counted.waiting() : counted.waiting();
            long done = Math.max(0, Math.min(all, run.recipients() - open));
            String words = "%s of %s done".formatted(Shown.number(done), Shown.number(run.recipients())) + (run.queuedAt() == null ? ", %s queued".formatted(Shown.number(run.queued())) : "");
            progress = new Progress(words, (int) (100 * done / all), campaign.status() == CampaignState.PAUSED ? 5 : 1);
        } else if (run != null && !run.over() && campaign.status() == CampaignState.RUNNING) {
            progress = new Progress("Just beginning", 0, 1);
        }
        model.addAttribute("progress", progress);
    }

    private static List<Stage> funnel(CampaignStats.Stats counted) {
        return List.of(stage("Queued", counted.recipients(), counted.recipients()), stage("Sent", counted.sent(), counted.recipients()), stage("Opened by people", counted.uniqueOpens(), counted.sent()),
                stage("Clicked", counted.uniqueClicks(), counted.sent()), stage("Ordered afterwards", counted.orders(), counted.sent()));
    }

    private static Stage stage(String name, long count, long of) {
        double percent = of == 0 ? 0 : Math.min(100, 100.0 * count / of);
        return new Stage(name, Shown.number(count), String.format(Locale.ROOT, percent > 0 && percent < 1 ? "%.2f %%" : "%.1f %%", percent), String.format(Locale.ROOT, "%.2f", percent));
    }

    @PostMapping("/{id}/{move:pause|resume|cancel|withdraw|finish}")
    String move(@PathVariable long id, @PathVariable String move) {
        switch (move) {
            case "pause" -> desk.pause(id);
            case "resume" -> desk.resume(id);
            case "cancel" -> desk.cancel(id);
            case "finish" -> desk.finish(id);
            default -> desk.withdraw(id);
        }
        return "redirect:/campaigns/" + id;
    }

    /** Of a test that waits: what the rest gets. */
    @PostMapping("/{id}/decide")
    String decide(@PathVariable long id, @RequestParam @Nullable String variant, Principal who) {
        desk.decide(id, variant, who.getName());
        return "redirect:/campaigns/" + id;
    }

    @GetMapping("/{id}/recipients.csv")
    void recipients(@PathVariable long id, @RequestParam @Nullable String status, HttpServletResponse response) throws IOException {
        file(campaigns.require(id), CampaignInput.blank(status), people, response);
    }

    static void file(Campaign campaign, @Nullable String status, CampaignRecipients people, HttpServletResponse response) throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"campaign-%d-recipients.csv\"".formatted(campaign.id()));
        response.setHeader("Cache-Control", "no-store");
        people.write(campaign.id(), status, response.getWriter());
    }

    @PostMapping("/{id}/copy")
    String copy(@PathVariable long id, Principal who) {
        return "redirect:/campaigns/" + drafts.copy(id, null, who.getName()).id() + "/audience";
    }

    @PostMapping("/{id}/delete")
    String delete(@PathVariable long id, RedirectAttributes after) {
        String name = campaigns.require(id).name();
        drafts.delete(id);
        after.addFlashAttribute("told", "“%s” is deleted.".formatted(name));
        return "redirect:/campaigns";
    }
}
