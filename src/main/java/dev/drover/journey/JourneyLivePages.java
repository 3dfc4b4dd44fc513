package dev.drover.journey;

import dev.drover.engine.EngineHistory;
import dev.drover.engine.EngineHistory.Step;
import dev.drover.engine.EngineLive;
import dev.drover.engine.EngineLive.Standing;
import dev.drover.engine.EngineLive.Trouble;
import dev.drover.kernel.Page;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who stands at a step, the way one customer went, and what is stuck. */
@Controller
@RequestMapping("/journeys/{id}")
class JourneyLivePages {

    private static final int SHOWN = 50;

    /** @param waiting how long already @param stuck why it can't go on; {@code null}: it isn't stuck */
    record Someone(Standing standing, String waiting, @Nullable String stuck) {}

    /** @param state {@code been}, {@code here}, {@code stuck} or {@code cut} (interrupted) @param time how long it took, or takes already */
    record Passed(Step step, String name, String kind, String state, String time) {}

    private static final Set<String> PLUMBING = Set.of("PROCESS", "MULTI_INSTANCE_BODY");

    private final Journeys journeys;
    private final JourneyControls controls;
    private final JourneyDesk desk;
    private final EngineLive live;
    private final EngineHistory history;
    private final PlatformClock clock;

    JourneyLivePages(Journeys journeys, JourneyControls controls, JourneyDesk desk, EngineLive live, EngineHistory history, PlatformClock clock) {
        this.journeys = journeys;
        this.controls = controls;
        this.desk = desk;
        this.live = live;
        this.history = history;
        this.clock = clock;
    }

    /** Who stands at a step: a page, or, asked by htmx, the part of one beside the diagram. */
    @GetMapping("/steps/{elementId}")
    String step(@PathVariable String id, @PathVariable String elementId, @RequestParam int version, @RequestParam @Nullable String after,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String part, Model model) {
        var journey = journeys.require(id, version);
        String key = Page.key(after);
        var page = Page.of(live.standing(id, version, elementId, key == null ? 0 : number(key), SHOWN + 1), SHOWN, standing -> Long.toString(standing.stepKey()));
        model.addAttribute("journey", journey).addAttribute("elementId", elementId).addAttribute("step", names(journey).getOrDefault(elementId, elementId))
                .addAttribute("people", page.items().stream().map(this::someone).toList()).addAttribute("next", page.next()).addAttribute("first", after == null)
                .addAttribute("now", live.traffic(id, version).stream().filter(traffic -> traffic.elementId().equals(elementId)).findFirst().orElse(null))
                .addAttribute("utc", JourneyPages.UTC);
        return part == null ? "journey/step" : "journey/step :: who";
    }

    private Someone someone(Standing standing) {
        return new Someone(standing, Waits.words(between(standing.since(), clock.instant())), standing.incident() == null ? null : StuckWords.of(standing.incident()));
    }

    /** One customer's way on the diagram. */
    @GetMapping("/instances/{instance}")
    String way(@PathVariable String id, @PathVariable long instance, Model model) {
        var found = desk.require(id, instance);
        var journey = journeys.require(id, found.version());
        var names = names(journey);
        var kinds = BpmnReader.read(journey.xml()).getModelElementsByType(FlowNode.class).stream().collect(Collectors.toMap(FlowNode::getId, JourneySteps::kind));
        var troubles = live.troublesOf(instance);
        var stuck = troubles.stream().map(Trouble::elementId).collect(Collectors.toSet());
        var steps = history.stepsOf(instance).stream().filter(step -> !PLUMBING.contains(step.elementType()) && names.containsKey(step.elementId()))
                .map(step -> passed(step, names, kinds, stuck, found.endedAt())).toList();
        model.addAttribute("journey", journey).addAttribute("instance", found).addAttribute("steps", steps).addAttribute("troubles", troubles.stream().map(StuckOne::of).toList())
                .addAttribute("paused", controls.paused(instance)).addAttribute("utc", JourneyPages.UTC).addAttribute("names", names)
                .addAttribute("taken", found.endedAt() == null ? Waits.words(between(found.startedAt(), clock.instant())) : Waits.words(between(found.startedAt(), found.endedAt())));
        return "journey/instance";
    }

    /** What is stuck, with what to do. */
    record StuckOne(Trouble trouble, String words) {

        static StuckOne of(Trouble trouble) {
            return new StuckOne(trouble, StuckWords.of(trouble));
        }
    }

    private Passed passed(Step step, Map<String, String> names, Map<String, String> kinds, Set<String> stuck, @Nullable Instant ended) {
        boolean here = step.leftAt() == null && ended == null;
        String state = here ? stuck.contains(step.elementId()) ? "stuck" : "here" : step.cancelled() ? "cut" : "been";
        var until = step.leftAt() != null ? step.leftAt() : ended != null ? ended : clock.instant();
        return new Passed(step, names.get(step.elementId()), kinds.getOrDefault(step.elementId(), "step"), state, Waits.words(between(step.enteredAt(), until)));
    }

    @PostMapping("/instances/{instance}/{deed:pause|resume|cancel}")
    String act(@PathVariable String id, @PathVariable long instance, @PathVariable String deed, Principal who, RedirectAttributes after) {
        desk.requireRunning(id, instance);
        after.addFlashAttribute("done", switch (deed) {
            case "pause" -> {
                controls.pause(id, instance, who.getName());
                yield "Paused for this customer: nothing is done for them until you resume.";
            }
            case "resume" -> {
                controls.resume(id, instance);
                yield "It goes on.";
            }
            default -> {
                desk.end(id, instance);
                yield "The journey was ended for this customer.";
            }
        });
        return "redirect:/journeys/" + id + "/instances/" + instance;
    }

    /** @param back where one came from: a path of ours below this journey's */
    @PostMapping("/incidents/{incident}/retry")
    String retry(@PathVariable String id, @PathVariable long incident, @RequestParam @Nullable String back, RedirectAttributes after) {
        desk.retry(id, incident);
        after.addFlashAttribute("done", "Trying again. If it stays stuck, the reason is still there.");
        return "redirect:/journeys/" + id + (back != null && back.matches("/instances/\\d{1,19}") ? back : "");
    }

    @PostMapping("/elements/{elementId}/retry")
    String retryAll(@PathVariable String id, @PathVariable String elementId, @RequestParam int version, Principal who, RedirectAttributes after) {
        desk.retryAll(id, version, elementId, who.getName());
        after.addFlashAttribute("done", "All who are stuck there try again.");
        return "redirect:/journeys/" + id + "?version=" + version;
    }

    static Map<String, String> names(Journeys.Journey journey) {
        return BpmnReader.read(journey.xml()).getModelElementsByType(FlowNode.class).stream().collect(Collectors.toMap(FlowNode::getId, JourneySteps::name));
    }

    static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Problem.rejected("'%s' is no key of an instance.".formatted(text));
        }
    }

    private static Duration between(Instant from, Instant to) {
        return from.isAfter(to) ? Duration.ZERO : Duration.between(from, to);
    }
}
