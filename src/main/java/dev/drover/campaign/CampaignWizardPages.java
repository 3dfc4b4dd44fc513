package dev.drover.campaign;

import dev.drover.audience.Shown;
import dev.drover.delivery.MailingTrial;
import dev.drover.journey.JourneySwitch;
import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.kernel.Problem.FieldError;
import dev.drover.segment.Segment;
import dev.drover.segment.Segments;
import dev.drover.template.Templates;
import dev.drover.trigger.TriggerSwitch;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A campaign is put together in five steps. Each keeps what is typed as it is typed, so that nothing is lost by going elsewhere. */
@Controller
@RequestMapping("/campaigns")
class CampaignWizardPages {

    private static final List<String> STEPS = List.of("audience", "content", "options", "check", "schedule");
    /** What options there are is said by the journey or the trigger. */
    private static final List<String> STEPS_BY_SOURCE = List.of("audience", "content", "check", "schedule");
    private static final String STEP = "{step:audience|content|options}";

    private final Campaigns campaigns;
    private final CampaignDrafts drafts;
    private final CampaignDesk desk;
    private final PreSend checks;
    private final MailingTrial trial;
    private final Sendable sendable;
    private final Segments segments;
    private final Templates templates;
    private final Crowds crowds;
    private final ConditionPages conditions;
    private final AbTestSize size;
    private final JourneySwitch journeys;
    private final TriggerSwitch triggers;
    private final PlatformClock clock;

    CampaignWizardPages(Campaigns campaigns, CampaignDrafts drafts, CampaignDesk desk, PreSend checks, MailingTrial trial, Sendable sendable, Segments segments, Templates templates,
            Crowds crowds, ConditionPages conditions, AbTestSize size, JourneySwitch journeys, TriggerSwitch triggers, PlatformClock clock) {
        this.campaigns = campaigns;
        this.drafts = drafts;
        this.desk = desk;
        this.checks = checks;
        this.trial = trial;
        this.sendable = sendable;
        this.segments = segments;
        this.templates = templates;
        this.crowds = crowds;
        this.conditions = conditions;
        this.size = size;
        this.journeys = journeys;
        this.triggers = triggers;
        this.clock = clock;
    }

    @PostMapping
    String create(Principal who) {
        return "redirect:/campaigns/" + drafts.begin(who.getName()).id() + "/audience";
    }

    @GetMapping("/{id}/" + STEP)
    String step(@PathVariable long id, @PathVariable String step, Model model) {
        var campaign = campaigns.require(id);
        if (!steps(campaign).contains(step)) {
            return "redirect:/campaigns/" + id + "/check";
        }
        return campaign.status() == CampaignState.DRAFT ? show(campaign, step, Map.of(), model) : "redirect:/campaigns/" + id;
    }

    private static List<String> steps(Campaign campaign) {
        return campaign.type().wraps() ? STEPS_BY_SOURCE : STEPS;
    }

    /** @param keep as it is typed: what can't be kept so is told beside the form, which stays */
    @PostMapping("/{id}/" + STEP)
    String save(@PathVariable long id, @PathVariable String step, @ModelAttribute WizardForm form, @RequestParam(defaultValue = "false") boolean keep, Model model, HttpServletResponse response) {
        try {
            var campaign = drafts.keep(id, step, form);
            model.addAttribute("sized", step.equals("options") ? sized(campaign) : null).addAttribute("kept", "Saved " + Shown.time(clock.instant()).clock()).addAttribute("wrong", "[]");
            return keep ? "campaign/wizard :: kept" : "redirect:/campaigns/" + id + "/" + steps(campaign).get(steps(campaign).indexOf(step) + 1);
        } catch (Problem wrong) {
            if (wrong.kind() != Problem.Kind.REJECTED) {
                throw wrong;
            }
            if (keep) {
                model.addAttribute("kept", "Not saved: " + wrong.getMessage()).addAttribute("wrong", Json.write(wrong.errors().stream().map(FieldError::message).toList()));
                return "campaign/wizard :: kept";
            }
            response.setStatus(422);
            var mistakes = new LinkedHashMap<String, String>();
            wrong.errors().forEach(error -> mistakes.putIfAbsent(error.field(), error.message()));
            return show(campaigns.require(id), step, mistakes, model.addAttribute("form", form));
        }
    }

    private String show(Campaign campaign, String step, Map<String, String> mistakes, Model model) {
        var active = segments.all().stream().filter(Segment::active).toList();
        var marketing = templates.all().stream().filter(template -> template.active() && template.type().equals("marketing")).toList();
        var settings = campaign.settings();
        model.addAttribute("campaign", campaign).addAttribute("step", step).addAttribute("steps", steps(campaign)).addAttribute("mistakes", mistakes).addAttribute("segments", active)
                .addAttribute("templates", marketing).addAttribute("listed", campaign.audience().listed() ? drafts.names(campaign.id()) : "").addAttribute("zones", zones())
                .addAttribute("weekdays", DayOfWeek.values()).addAttribute("recurrence", settings.recurrence()).addAttribute("sender", trial.sender())
                .addAttribute("first", campaign.audience().segments().isEmpty() ? campaign.audience().listed() ? WizardForm.LIST_ONLY : campaign.run() == 0 && !drafts.touched(campaign) ? "" : campaign.type() == Campaign.Type.DRIP ? WizardForm.BY_ITSELF : WizardForm.EVERYBODY
                        : campaign.audience().segments().getFirst());
        if (step.equals("audience")) {
            model.addAttribute("builder", conditions.data(campaign.audience().conditions())).addAttribute("asked", campaign.audience().conditions() == null ? "" : Json.write(campaign.audience().conditions()))
                    .addAttribute("conditionMistake", mistakes.entrySet().stream().filter(one -> one.getKey().startsWith("conditions")).map(Map.Entry::getValue).findFirst().orElse(null));
        }
        if (step.equals("content") && campaign.type().wraps()) {
            var source = settings.source();
            model.addAttribute("journeys", journeys.all()).addAttribute("triggers", triggers.all()).addAttribute("source", source)
                    .addAttribute("ends", source == null || source.until() == null ? null : LocalDateTime.ofInstant(source.until(), ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES).toString());
        }
        if (step.equals("options")) {
            var form = model.getAttribute("form") instanceof WizardForm typed ? typed : null;
            model.addAttribute("trial", form == null ? VariantRows.of(campaign.experiment()) : VariantRows.of(form, mistakes)).addAttribute("sized", mistakes.isEmpty() ? sized(campaign) : "")
                    .addAttribute("usualSample", size.usualMinimum());
        }
        return "campaign/wizard";
    }

    /** What its test may find. @return empty: it tries nothing out */
    private String sized(Campaign campaign) {
        if (campaign.type() != Campaign.Type.AB_TEST) {
            return "";
        }
        var test = AbTestInput.of(Objects.requireNonNull(campaign.experiment()));
        long audience = crowds.now(campaign, 1).count();
        String problem = size.problem(test, audience);
        return size.words(test, audience) + (problem == null ? "" : " " + problem);
    }

    private static List<String> zones() {
        return ZoneId.getAvailableZoneIds().stream().filter(zone -> zone.contains("/") && !zone.startsWith("Etc/") && !zone.startsWith("SystemV/") || zone.equals("UTC")).sorted().toList();
    }

    @GetMapping("/{id}/check")
    String check(@PathVariable long id, Model model) {
        var campaign = campaigns.require(id);
        if (campaign.status() != CampaignState.DRAFT) {
            return "redirect:/campaigns/" + id;
        }
        var report = checks.of(campaign);
        var hours = report.estimate() == null ? java.util.List.<HourSpread.Hour>of() : report.estimate().hours();
        model.addAttribute("report", report).addAttribute("hours", HourSpread.shown(hours)).addAttribute("hourWords", HourSpread.words(hours));
        return show(campaign, "check", Map.of(), model);
    }

    /** Asks where its links lead. */
    @PostMapping("/{id}/links")
    String links(@PathVariable long id, Model model) {
        try {
            model.addAttribute("links", trial.links(first(id)));
        } catch (Problem wrong) {
            model.addAttribute("trouble", wrong.getMessage());
        }
        return "campaign/wizard :: links";
    }

    @PostMapping("/{id}/test")
    String test(@PathVariable long id, @RequestParam @Nullable String to, Principal who, Model model) {
        try {
            model.addAttribute("tested", trial.test(first(id), to, who.getName()));
        } catch (Problem wrong) {
            model.addAttribute("trouble", wrong.getMessage());
        }
        return "campaign/wizard :: tested";
    }

    /** @throws Problem rejected when nothing is said, or a journey or trigger says it */
    private Templates.Template first(long id) {
        return sendable.contents(campaigns.require(id)).stream().findFirst().orElseThrow(() -> Problem.rejected("What it says is said by its journey or trigger: try it there."));
    }

    @GetMapping("/{id}/schedule")
    String schedule(@PathVariable long id, Model model) {
        var campaign = campaigns.require(id);
        return campaign.status().allows(CampaignState.Move.SCHEDULE) ? timing(campaign, Map.of(), model) : "redirect:/campaigns/" + id;
    }

    private String timing(Campaign campaign, Map<String, String> mistakes, Model model) {
        var next = CampaignPlanning.first(campaign, clock.instant()).map(Shown::time).orElse(null);
        model.addAttribute("next", next).addAttribute("words", campaign.settings().recurrence() == null ? null : campaign.settings().recurrence().inWords());
        return show(campaign, "schedule", mistakes, model);
    }

    /** @param when {@code now} or {@code at} @param at as a date-time field sends it */
    @PostMapping("/{id}/schedule")
    String begin(@PathVariable long id, @RequestParam String when, @RequestParam @Nullable String at, @RequestParam @Nullable String timeZone, Model model, HttpServletResponse response) {
        var campaign = campaigns.require(id);
        try {
            if (when.equals("now")) {
                desk.start(id);
            } else if (campaign.type() == Campaign.Type.AUTOMATED) {
                desk.schedule(id, null);
            } else if (CampaignInput.blank(at) == null) {
                throw Problem.invalid("scheduledAt", "Say on which day and at what time it is to begin.");
            } else {
                desk.schedule(id, CampaignInput.moment("scheduledAt", at, timeZone, campaign.settings().localTime()));
            }
            return "redirect:/campaigns/" + id;
        } catch (Problem wrong) {
            response.setStatus(422);
            model.addAttribute("at", at).addAttribute("timeZone", timeZone).addAttribute("when", when).addAttribute("mistake", wrong.getMessage());
            return timing(campaigns.require(id), Map.of(), model);
        }
    }
}
