package dev.drover.journey;

import dev.drover.engine.EngineHistory;
import dev.drover.engine.EngineHistory.Counts;
import dev.drover.engine.EngineHistory.Element;
import dev.drover.journey.Journeys.Journey;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    private static final int SHOWN = 100;
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** @param counts over all versions */
    record Row(Journey journey, Counts counts) {}

    /** A step of the diagram with those who stand there, came and went on. */
    record Line(String elementId, String name, String kind, long now, long entered, long left) {}

    private final Journeys journeys;
    private final ShippedJourneys shipped;
    private final EngineHistory history;
    private final Drafts drafts;

    JourneyPages(Journeys journeys, ShippedJourneys shipped, EngineHistory history, Drafts drafts) {
        this.journeys = journeys;
        this.shipped = shipped;
        this.history = history;
        this.drafts = drafts;
    }

    @ModelAttribute("utc")
    DateTimeFormatter utc() {
        return UTC;
    }

    @GetMapping
    String list(Model model) {
        var counts = history.counts().stream().collect(Collectors.groupingBy(Counts::processId));
        model.addAttribute("rows", journeys.all().stream().map(journey -> new Row(journey, sum(journey, counts.getOrDefault(journey.id(), List.of())))).toList());
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
        progress(shown, model);
        return "journey/detail";
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

    /** Who stands at a step. */
    @GetMapping("/{id}/steps/{elementId}")
    String step(@PathVariable String id, @PathVariable String elementId, @RequestParam int version, Model model) {
        var journey = journeys.require(id, version);
        model.addAttribute("journey", journey);
        model.addAttribute("step", BpmnReader.read(journey.xml()).getModelElementsByType(FlowNode.class).stream()
                .filter(node -> node.getId().equals(elementId)).map(JourneySteps::name).findFirst().orElse(elementId));
        model.addAttribute("most", SHOWN);
        model.addAttribute("instances", history.standingAt(id, version, elementId, SHOWN));
        return "journey/step";
    }

    private void progress(Journey journey, Model model) {
        Map<String, Element> elements = history.elements(journey.id(), journey.version()).stream().collect(Collectors.toMap(Element::elementId, Function.identity()));
        model.addAttribute("journey", journey);
        model.addAttribute("counts", history.counts(journey.id(), journey.version()));
        model.addAttribute("incidents", history.incidents(journey.id(), 10).stream().filter(incident -> incident.version() == journey.version()).toList());
        model.addAttribute("lines", JourneySteps.of(JourneyModel.of(BpmnReader.read(journey.xml()))).stream().map(step -> {
            var element = elements.getOrDefault(step.elementId(), new Element(step.elementId(), 0, 0, 0));
            return new Line(step.elementId(), step.name(), step.kind(), element.now(), element.entered(), element.left());
        }).toList());
    }

    private static Counts sum(Journey journey, List<Counts> versions) {
        return versions.stream().reduce(new Counts(journey.id(), journey.version(), 0, 0, 0, 0), (a, b) -> new Counts(a.processId(), a.version(),
                a.active() + b.active(), a.completed() + b.completed(), a.cancelled() + b.cancelled(), a.incidents() + b.incidents()));
    }
}
