package dev.drover.journey;

import dev.drover.engine.EngineHistory;
import dev.drover.engine.EngineHistory.Counts;
import dev.drover.engine.EngineLive;
import dev.drover.engine.EngineLive.Traffic;
import dev.drover.journey.Journeys.Journey;
import dev.drover.kernel.PlatformClock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

@Controller
@RequestMapping("/journeys")
class JourneyPages {

    private static final int STUCK_SHOWN = 10;
    private static final int STEPS_KEPT = 50;
    static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** @param counts over all versions */
    record Row(Journey journey, Counts counts) {}

    /** A step of the diagram with those who stand there, came and went on. @param stay how long one stays, on average; empty: nobody has left yet */
    record Line(String elementId, String name, String kind, long now, long entered, long left, String stay, long stuck) {}

    private final Journeys journeys;
    private final ShippedJourneys shipped;
    private final EngineHistory history;
    private final EngineLive live;
    private final Drafts drafts;
    private final JourneyControls controls;
    private final JourneyTasks tasks;
    private final List<JourneyStarters> starters;
    private final PlatformClock clock;
    private final Map<String, List<JourneySteps.Step>> steps = new ConcurrentHashMap<>();

    JourneyPages(Journeys journeys, ShippedJourneys shipped, EngineHistory history, EngineLive live, Drafts drafts, JourneyControls controls, JourneyTasks tasks, List<JourneyStarters> starters,
            PlatformClock clock) {
        this.journeys = journeys;
        this.shipped = shipped;
        this.history = history;
        this.live = live;
        this.drafts = drafts;
        this.controls = controls;
        this.tasks = tasks;
        this.starters = starters;
        this.clock = clock;
    }

    @ModelAttribute("utc")
    DateTimeFormatter utc() {
        return UTC;
    }

    @GetMapping
    String list(Model model) {
        var counts = history.counts().stream().collect(Collectors.groupingBy(Counts::processId));
        model.addAttribute("rows", journeys.all().stream().map(journey -> new Row(journey, sum(journey, counts.getOrDefault(journey.id(), List.of())))).toList());
        model.addAttribute("states", journeys.all().stream().collect(Collectors.toMap(Journey::id, journey -> controls.of(journey.id()).state(clock.instant()))));
        model.addAttribute("starters", starters());
        model.addAttribute("refused", shipped.refused());
        var deployed = journeys.all().stream().map(Journey::id).collect(Collectors.toSet());
        var drawn = drafts.all();
        model.addAttribute("drafts", drawn.stream().map(Drafts.Draft::journeyId).toList());
        model.addAttribute("drawn", drawn.stream().filter(draft -> !deployed.contains(draft.journeyId())).toList());
        return "journey/list";
    }

    @GetMapping("/tile")
    String tile(Model model) {
        var known = journeys.all();
        var ids = known.stream().map(Journey::id).collect(Collectors.toSet());
        var counts = history.counts().stream().filter(count -> ids.contains(count.processId())).toList();
        model.addAttribute("journeys", known.size());
        model.addAttribute("active", counts.stream().mapToLong(Counts::active).sum());
        model.addAttribute("incidents", counts.stream().mapToLong(Counts::incidents).sum());
        return "journey/tile";
    }

    @GetMapping("/{id}")
    String detail(@PathVariable String id, @RequestParam @Nullable Integer version, Model model) {
        var versions = journeys.versions(id);
        var shown = version == null ? journeys.require(id) : journeys.require(id, version);
        model.addAttribute("versions", versions);
        model.addAttribute("about", JourneyModel.of(BpmnReader.read(shown.xml())).about());
        model.addAttribute("control", controls.of(id)).addAttribute("closed", controls.of(id).closed(clock.instant())).addAttribute("tasks", tasks.of(id, 3));
        model.addAttribute("inside", history.counts().stream().filter(counts -> counts.processId().equals(id)).mapToLong(Counts::active).sum());
        model.addAttribute("starters", starters().getOrDefault(id, List.of()));
        model.addAttribute("newest", versions.getFirst().version());
        progress(shown, model);
        return "journey/detail";
    }

    private Map<String, List<JourneyStarters.Starter>> starters() {
        return starters.stream().flatMap(each -> each.all().entrySet().stream()).collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.flatMapping(each -> each.getValue().stream(), Collectors.toList())));
    }

    /** What changes while one looks on. */
    @GetMapping("/{id}/progress")
    String progress(@PathVariable String id, @RequestParam int version, Model model) {
        progress(journeys.require(id, version), model);
        return "journey/progress";
    }

    @GetMapping(path = "/{id}/diagram.bpmn", produces = MediaType.APPLICATION_XML_VALUE)
    @ResponseBody
    String diagram(@PathVariable String id, @RequestParam int version) {
        return journeys.require(id, version).xml();
    }

    private void progress(Journey journey, Model model) {
        var traffic = live.traffic(journey.id(), journey.version()).stream().collect(Collectors.toMap(Traffic::elementId, Function.identity()));
        model.addAttribute("journey", journey);
        model.addAttribute("counts", history.counts(journey.id(), journey.version()));
        model.addAttribute("stuck", live.troubles(journey.id(), journey.version(), null, 0, STUCK_SHOWN).stream().map(JourneyLivePages.StuckOne::of).toList());
        model.addAttribute("lines", steps(journey).stream().map(step -> {
            var at = traffic.getOrDefault(step.elementId(), new Traffic(step.elementId(), 0, 0, 0, Duration.ZERO, 0));
            return new Line(step.elementId(), step.name(), step.kind(), at.now(), at.entered(), at.left(), at.left() == 0 ? "" : Waits.words(at.averageWait()), at.stuck());
        }).toList());
        model.addAttribute("names", steps(journey).stream().collect(Collectors.toMap(JourneySteps.Step::elementId, JourneySteps.Step::name)));
    }

    /** A version never changes, and is looked at every few seconds. */
    private List<JourneySteps.Step> steps(Journey journey) {
        if (steps.size() > STEPS_KEPT) {
            steps.clear();
        }
        return steps.computeIfAbsent(journey.xml(), xml -> JourneySteps.of(JourneyModel.of(BpmnReader.read(xml))));
    }

    private static Counts sum(Journey journey, List<Counts> versions) {
        return versions.stream().reduce(new Counts(journey.id(), journey.version(), 0, 0, 0, 0), (a, b) -> new Counts(a.processId(), a.version(),
                a.active() + b.active(), a.completed() + b.completed(), a.cancelled() + b.cancelled(), a.incidents() + b.incidents()));
    }
}
