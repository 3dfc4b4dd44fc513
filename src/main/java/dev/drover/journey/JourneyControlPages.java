package dev.drover.journey;

import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import java.security.Principal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A journey is paused, closed, ended for all; its customers are moved to the newest version; and how far that is. */
@Controller
@RequestMapping("/journeys/{id}")
class JourneyControlPages {

    private static final String TO = "to.";
    private static final int LEFT_SHOWN = 100;

    /** A step that somebody stands at. @param chosen where they go on; empty: they stay @param same the new version has the same */
    record Choice(String elementId, String name, String chosen, boolean same) {}

    private final Journeys journeys;
    private final JourneyControls controls;
    private final JourneyDesk desk;
    private final JourneyTasks tasks;
    private final PlatformClock clock;

    JourneyControlPages(Journeys journeys, JourneyControls controls, JourneyDesk desk, JourneyTasks tasks, PlatformClock clock) {
        this.journeys = journeys;
        this.controls = controls;
        this.desk = desk;
        this.tasks = tasks;
        this.clock = clock;
    }

    @PostMapping("/{deed:pause|resume}")
    String pause(@PathVariable String id, @PathVariable String deed, Principal who, RedirectAttributes after) {
        journeys.require(id);
        if (deed.equals("pause")) {
            controls.pause(id, who.getName());
            after.addFlashAttribute("done", "Paused. Nobody enters, and nothing is done for those inside, until you resume.");
        } else {
            controls.resume(id);
            after.addFlashAttribute("done", "It goes on. What waited is done now.");
        }
        return "redirect:/journeys/" + id;
    }

    /** @param until UTC, as the field for it has it; empty: at once @param open {@code true}: newcomers enter again */
    @PostMapping("/entries")
    String entries(@PathVariable String id, @RequestParam @Nullable String until, @RequestParam(defaultValue = "false") boolean open, Principal who, RedirectAttributes after) {
        journeys.require(id);
        Instant at = open ? null : moment(until);
        controls.close(id, at, who.getName());
        after.addFlashAttribute("done", open ? "Newcomers enter again." : at.isAfter(clock.instant()) ? "From %s UTC on nobody enters.".formatted(JourneyPages.UTC.format(at))
                : "Nobody enters any more. Those inside walk on.");
        return "redirect:/journeys/" + id;
    }

    private Instant moment(@Nullable String until) {
        try {
            return until == null || until.isBlank() ? clock.instant() : LocalDateTime.parse(until).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw Problem.invalid("until", "Give a day and a time, such as 2026-12-24T18:00, or leave it empty for now.");
        }
    }

    @PostMapping("/cancel")
    String cancel(@PathVariable String id, Principal who, RedirectAttributes after) {
        desk.endAll(id, null, who.getName());
        after.addFlashAttribute("done", "The journey ends for everybody on it, and nobody enters any more.");
        return "redirect:/journeys/" + id;
    }

    /** How far what is done to many is; looks again by itself while something runs. */
    @GetMapping("/tasks")
    String tasks(@PathVariable String id, Model model) {
        model.addAttribute("journey", journeys.require(id)).addAttribute("tasks", tasks.of(id, 3)).addAttribute("utc", JourneyPages.UTC);
        return "journey/tasks :: tasks";
    }

    @GetMapping("/tasks/{task}")
    String task(@PathVariable String id, @PathVariable long task, Model model) {
        var journey = journeys.require(id);
        var found = tasks.find(id, task).orElseThrow(() -> Problem.notFound("There is no such task."));
        model.addAttribute("journey", journey).addAttribute("task", found).addAttribute("left", tasks.left(task, 0, LEFT_SHOWN)).addAttribute("most", LEFT_SHOWN)
                .addAttribute("names", JourneyLivePages.names(found.version() == null ? journey : journeys.require(id, found.version()))).addAttribute("utc", JourneyPages.UTC);
        return "journey/task";
    }

    @PostMapping("/tasks/{task}/stop")
    String stop(@PathVariable String id, @PathVariable long task, RedirectAttributes after) {
        desk.stop(id, task);
        after.addFlashAttribute("done", "Stopped. What was done already stays done.");
        return "redirect:/journeys/" + id;
    }

    /** What a move would do; nothing is changed. @param form {@code to.ELEMENT}: where those at the element go on, empty: they stay */
    @GetMapping("/move")
    String move(@PathVariable String id, @RequestParam int from, @RequestParam Map<String, String> form, Model model) {
        var mapping = mapping(form);
        var source = journeys.require(id, from);
        var target = journeys.require(id);
        var preview = desk.preview(id, from, mapping);
        var places = MovePlan.places(target);
        var names = JourneyLivePages.names(source);
        var choices = preview.lines().stream().flatMap(line -> line.elements().stream()).distinct().filter(names::containsKey)
                .map(element -> new Choice(element, names.get(element), mapping.getOrDefault(element, places.containsKey(element) ? element : ""), places.containsKey(element))).toList();
        model.addAttribute("journey", target).addAttribute("preview", preview).addAttribute("choices", choices).addAttribute("names", names)
                .addAttribute("there", names(places)).addAttribute("mapping", mapping)
                // Unnamed diamonds mean nothing to who chooses.
                .addAttribute("offered", names(places).entrySet().stream().filter(place -> !place.getKey().equals(place.getValue())).toList());
        return "journey/move";
    }

    @PostMapping("/move")
    String move(@PathVariable String id, @RequestParam int from, @RequestParam Map<String, String> form, Principal who, RedirectAttributes after) {
        desk.move(id, from, mapping(form), who.getName());
        after.addFlashAttribute("done", "Customers are being moved.");
        return "redirect:/journeys/" + id;
    }

    private static Map<String, String> names(Map<String, FlowNode> places) {
        var names = new LinkedHashMap<String, String>();
        places.forEach((element, node) -> names.put(element, JourneySteps.name(node)));
        return names;
    }

    private static Map<String, String> mapping(Map<String, String> form) {
        var mapping = new LinkedHashMap<String, String>();
        form.forEach((name, to) -> {
            if (name.startsWith(TO)) {
                mapping.put(name.substring(TO.length()), to);
            }
        });
        return mapping;
    }
}
