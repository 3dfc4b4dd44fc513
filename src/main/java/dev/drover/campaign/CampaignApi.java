package dev.drover.campaign;

import dev.drover.campaign.Estimates.Estimate;
import dev.drover.kernel.Page;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Campaigns for programs. */
@RestController
@RequestMapping("/api/v1/campaigns")
class CampaignApi {

    /** @param scheduledAt {@code null}: as the draft says */
    record When(@Nullable String scheduledAt, @Nullable String timeZone) {}

    record Choice(@Nullable String variant) {}

    record Copy(@Nullable String name) {}

    private final Campaigns campaigns;
    private final CampaignDrafts drafts;
    private final CampaignDesk desk;
    private final CampaignView view;
    private final Estimates estimates;
    private final Sendable sendable;
    private final CampaignStats stats;
    private final CampaignReport report;
    private final CampaignRecipients people;
    private final AbReport tested;
    private final HourSpread spread;
    private final PlatformClock clock;

    CampaignApi(Campaigns campaigns, CampaignDrafts drafts, CampaignDesk desk, CampaignView view, Estimates estimates, Sendable sendable, CampaignStats stats, CampaignReport report,
            CampaignRecipients people, AbReport tested, HourSpread spread, PlatformClock clock) {
        this.campaigns = campaigns;
        this.drafts = drafts;
        this.desk = desk;
        this.view = view;
        this.estimates = estimates;
        this.sendable = sendable;
        this.stats = stats;
        this.report = report;
        this.people = people;
        this.tested = tested;
        this.spread = spread;
        this.clock = clock;
    }

    /** Newest first. */
    @GetMapping
    Page<Map<String, Object>> list(@RequestParam @Nullable String status, @RequestParam @Nullable String after, @RequestParam @Nullable Integer limit) {
        int most = Page.limit(limit, 100);
        var page = Page.of(campaigns.list(status == null ? null : state(status), Objects.requireNonNullElse(Page.number(after), Long.MAX_VALUE), most + 1), most, campaign -> Long.toString(campaign.id()));
        return new Page<>(page.items().stream().map(view::of).toList(), page.next());
    }

    static CampaignState state(String status) {
        return Arrays.stream(CampaignState.values()).filter(state -> state.key().equals(status)).findFirst()
                .orElseThrow(() -> Problem.invalid("status", "There is no such status. Use " + String.join(", ", Arrays.stream(CampaignState.values()).map(CampaignState::key).toList()) + "."));
    }

    @GetMapping("/{id}")
    Map<String, Object> one(@PathVariable long id) {
        return view.of(campaigns.require(id));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(@RequestBody CampaignInput input, @Nullable Principal who) {
        return view.of(drafts.create(input, who == null ? "api" : who.getName()));
    }

    /** The draft as a whole; what isn't said is as if it had never been, but for its list. */
    @PutMapping("/{id}")
    Map<String, Object> change(@PathVariable long id, @RequestBody CampaignInput input) {
        return view.of(drafts.change(id, input));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable long id) {
        drafts.delete(id);
    }

    @PostMapping("/{id}/copy")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> copy(@PathVariable long id, @RequestBody(required = false) @Nullable Copy copy, @Nullable Principal who) {
        return view.of(drafts.copy(id, copy == null ? null : copy.name(), who == null ? "api" : who.getName()));
    }

    /** How many it would reach now, and why not the others; writes nothing. */
    @PostMapping("/{id}/estimate")
    Map<String, Object> estimate(@PathVariable long id) {
        var campaign = campaigns.require(id);
        return told(estimates.of(campaign, sendable.contents(campaign)));
    }

    private static Map<String, Object> told(Estimate estimate) {
        var told = new LinkedHashMap<String, Object>();
        told.put("audience", estimate.audience());
        told.put("recipients", estimate.reached());
        told.put("later", estimate.later());
        told.put("excluded", estimate.excluded());
        told.put("waiting", estimate.waiting());
        told.put("projected", estimate.projected());
        told.put("asked", estimate.asked());
        told.put("candidates", estimate.candidates());
        told.put("looked", estimate.looked());
        told.put("hours", HourSpread.told(estimate.hours()));
        return told;
    }

    @PostMapping("/{id}/schedule")
    Map<String, Object> schedule(@PathVariable long id, @RequestBody(required = false) @Nullable When when) {
        var campaign = campaigns.require(id);
        Instant at = when == null || CampaignInput.blank(when.scheduledAt()) == null ? null
                : CampaignInput.moment("scheduledAt", when.scheduledAt(), when.timeZone(), campaign.settings().localTime());
        return view.of(desk.schedule(id, at));
    }

    @PostMapping("/{id}/start")
    Map<String, Object> start(@PathVariable long id) {
        return view.of(desk.start(id));
    }

    @PostMapping("/{id}/pause")
    Map<String, Object> pause(@PathVariable long id) {
        return view.of(desk.pause(id));
    }

    @PostMapping("/{id}/resume")
    Map<String, Object> resume(@PathVariable long id) {
        return view.of(desk.resume(id));
    }

    /** Of a drip or triggered one: its end is now. */
    @PostMapping("/{id}/finish")
    Map<String, Object> finish(@PathVariable long id) {
        return view.of(desk.finish(id));
    }

    @PostMapping("/{id}/cancel")
    Map<String, Object> cancel(@PathVariable long id) {
        return view.of(desk.cancel(id));
    }

    /** Of a test that waits: what the rest gets. */
    @PostMapping("/{id}/decide")
    Map<String, Object> decide(@PathVariable long id, @RequestBody Choice choice, @Nullable Principal who) {
        return view.of(desk.decide(id, choice.variant(), who == null ? "api" : who.getName()));
    }

    /** What a test shows so far, or how it was decided; of its last run. */
    @GetMapping("/{id}/test")
    AbReport.Report test(@PathVariable long id) {
        return tested.require(campaigns.require(id));
    }

    /** Takes a scheduled one back to the drafts. */
    @PostMapping("/{id}/withdraw")
    Map<String, Object> withdraw(@PathVariable long id) {
        return view.of(desk.withdraw(id));
    }

    /** By link, by device and mail program, and why some got nothing. */
    @GetMapping("/{id}/report")
    Map<String, Object> report(@PathVariable long id) {
        campaigns.require(id);
        return Map.of("links", report.links(id), "devices", report.devices(id), "unsent", report.unsent(id));
    }

    /** A line for each message, with the reason of those that weren't sent. @param status {@code null}: whatever */
    @GetMapping("/{id}/recipients.csv")
    void recipients(@PathVariable long id, @RequestParam @Nullable String status, HttpServletResponse response) throws IOException {
        CampaignPages.file(campaigns.require(id), CampaignInput.blank(status), people, response);
    }

    @GetMapping("/{id}/stats")
    Map<String, Object> stats(@PathVariable long id) {
        var campaign = campaigns.require(id);
        var counted = stats.of(id);
        var told = new LinkedHashMap<String, Object>();
        told.put("status", campaign.status().key());
        told.put("recipients", counted.recipients());
        told.put("waiting", counted.waiting());
        told.put("sent", counted.sent());
        told.put("delivered", counted.delivered());
        told.put("opened", counted.opened());
        told.put("uniqueOpens", counted.uniqueOpens());
        told.put("clicked", counted.clicked());
        told.put("uniqueClicks", counted.uniqueClicks());
        told.put("bounced", counted.bounced());
        told.put("failed", counted.failed());
        told.put("skipped", counted.skipped());
        told.put("complained", counted.complained());
        told.put("unsubscribed", counted.unsubscribed());
        told.put("orders", counted.orders());
        told.put("revenue", counted.revenue());
        told.put("hours", HourSpread.told(spread.of(id, campaign.run())));
        return told;
    }
}
