package dev.drover.trigger;

import dev.drover.audience.Shown;
import dev.drover.eventlog.EventLog;
import dev.drover.journey.Journeys;
import dev.drover.kernel.Json;
import dev.drover.kernel.Problem;
import dev.drover.segment.BuilderSuggestions;
import dev.drover.segment.Segments;
import dev.drover.template.Templates;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Where marketers put a trigger together and try it on what happened. The page's script sends it as the API takes it. */
@Controller("triggerBuilderPages")
@RequestMapping("/triggers")
class BuilderPages {

    private static final int RECENT = 20;
    private static final int SAMPLE = 200;

    record Form(TriggerInput trigger, boolean editing) {}

    record TryOut(TriggerInput trigger, TriggerTrial.@Nullable Asked asked) {}

    record PastEvent(String id, String at, String told) {}

    private final Triggers triggers;
    private final TriggerDefinitions definitions;
    private final ActiveTriggers active;
    private final TriggerTrial trial;
    private final TriggerSettings settings;
    private final BuilderSuggestions suggestions;
    private final Segments segments;
    private final Templates templates;
    private final Journeys journeys;
    private final EventLog log;

    BuilderPages(Triggers triggers, TriggerDefinitions definitions, ActiveTriggers active, TriggerTrial trial, TriggerSettings settings, BuilderSuggestions suggestions,
            Segments segments, Templates templates, Journeys journeys, EventLog log) {
        this.triggers = triggers;
        this.definitions = definitions;
        this.active = active;
        this.trial = trial;
        this.settings = settings;
        this.suggestions = suggestions;
        this.segments = segments;
        this.templates = templates;
        this.journeys = journeys;
        this.log = log;
    }

    @GetMapping("/new")
    String create(Model model) {
        return builder(model, null);
    }

    @GetMapping("/{key}/edit")
    String edit(@PathVariable String key, Model model) {
        return builder(model, triggers.require(key));
    }

    private String builder(Model model, @Nullable Trigger trigger) {
        var data = new LinkedHashMap<String, @Nullable Object>();
        data.put("fields", TriggerForm.fields());
        data.put("suggestions", suggestions.all());
        data.put("criteria", trigger == null ? null : active.conditions(trigger.definition()).map(TriggerForm::of).orElse(null));
        data.put("trigger", trigger == null ? null : TriggerView.of(trigger, 0, null));
        data.put("usual", Map.of("hourlyLimit", settings.hourlyLimit(), "lateAfter", settings.lateAfter().toString()));
        model.addAttribute("trigger", trigger).addAttribute("title", trigger == null ? "New trigger" : trigger.definition().name()).addAttribute("data", Json.write(data))
                .addAttribute("templates", templates.all().stream().filter(Templates.Template::active).toList())
                .addAttribute("journeys", journeys.all()).addAttribute("segments", segments.all().stream().filter(segment -> segment.active()).toList());
        return "trigger/builder";
    }

    @PostMapping("/builder")
    @ResponseBody
    ResponseEntity<Map<String, Object>> save(@RequestBody Form form, Principal who) {
        try {
            var saved = form.editing() ? definitions.change(form.trigger()) : definitions.create(form.trigger(), who.getName());
            return ResponseEntity.ok(Map.of("location", "/triggers/" + saved.key()));
        } catch (Problem problem) {
            var errors = problem.errors().isEmpty() ? List.of(new Problem.FieldError(problem.kind() == Problem.Kind.CONFLICT ? "key" : "", String.valueOf(problem.getMessage()))) : problem.errors();
            return ResponseEntity.unprocessableContent().body(Map.of("errors", errors));
        }
    }

    /** A trial of what stands in the form, saved or not. */
    @PostMapping("/builder/try")
    String tryOut(@RequestBody TryOut wanted, Model model) {
        try {
            // What has no name or key yet can be tried all the same.
            var input = wanted.trigger().key() == null || wanted.trigger().key().isBlank() ? wanted.trigger().withKey("draft") : wanted.trigger();
            var tried = trial.of(definitions.check(input), wanted.asked() == null ? TriggerTrial.Asked.NOTHING : wanted.asked(), triggers.find(String.valueOf(input.key())).orElse(null));
            model.addAttribute("tried", tried).addAttribute("event", tried.event().isEmpty() ? "" : Json.pretty(tried.event()))
                    .addAttribute("webhook", tried.webhook() == null ? "" : Json.pretty(tried.webhook()))
                    .addAttribute("at", Shown.time(tried.occurredAt())).addAttribute("due", Shown.time(tried.dueAt()));
        } catch (Problem problem) {
            model.addAttribute("trouble", problem.getMessage()).addAttribute("troubles", problem.errors());
        }
        return "trigger/tried :: tried";
    }

    /** What lately happened by that name, to try a trigger on. */
    @GetMapping("/builder/events")
    @ResponseBody
    List<PastEvent> events(@RequestParam String name) {
        return log.recent(name, RECENT).stream().map(event -> {
            String told = Json.write(event.properties());
            return new PastEvent(event.id(), Objects.requireNonNull(Shown.time(event.occurredAt())).minute(), told.length() > 80 ? told.substring(0, 80) + "…" : told);
        }).toList();
    }

    /** What events of that name tell, as far as the latest ones say. */
    @GetMapping("/builder/properties")
    @ResponseBody
    TreeSet<String> properties(@RequestParam String name) {
        var names = new TreeSet<String>();
        log.recent(name, SAMPLE).forEach(event -> event.properties().keySet().stream().filter(key -> EventCondition.PATH.matcher(key).matches()).forEach(names::add));
        return names;
    }
}
