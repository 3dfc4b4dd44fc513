package dev.drover.journey;

import dev.drover.engine.EngineHistory;
import dev.drover.kernel.Problem;
import java.security.Principal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a journey was before, what changed, on the diagram and in words, and the way back. */
@Controller
@RequestMapping("/journeys/{id}")
class JourneyVersionPages {

    private static final String DRAFT = "draft";
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** @param label the version's number, or {@code draft} @param active how many are on their way by it */
    record Line(String label, String at, String author, long active) {

        public boolean isDraft() {
            return label.equals(DRAFT);
        }
    }

    private final Journeys journeys;
    private final Drafts drafts;
    private final EngineHistory history;

    JourneyVersionPages(Journeys journeys, Drafts drafts, EngineHistory history) {
        this.journeys = journeys;
        this.drafts = drafts;
        this.history = history;
    }

    /** @param from the earlier of two to be compared, a version's number or {@code draft}; {@code null}: the one before @param to {@code null}: the latest */
    @GetMapping("/versions")
    String versions(@PathVariable String id, @RequestParam @Nullable String from, @RequestParam @Nullable String to, Model model) {
        var journey = journeys.require(id);
        var lines = lines(id);
        String later = to == null ? lines.getFirst().label() : to;
        int at = lines.stream().map(Line::label).toList().indexOf(later);
        String earlier = from != null ? from : at >= 0 && at + 1 < lines.size() ? lines.get(at + 1).label() : later;
        model.addAttribute("journey", journey).addAttribute("lines", lines).addAttribute("from", earlier).addAttribute("to", later)
                .addAttribute("drawn", drafts.find(id).isPresent())
                .addAttribute("changes", earlier.equals(later) ? null : JourneyDiff.between(BpmnReader.read(xml(id, earlier)), BpmnReader.read(xml(id, later))));
        return "journey/versions";
    }

    @GetMapping(path = "/versions/{label}.bpmn", produces = MediaType.APPLICATION_XML_VALUE)
    @ResponseBody
    String xml(@PathVariable String id, @PathVariable String label) {
        if (label.equals(DRAFT)) {
            return drafts.find(id).map(Drafts.Draft::xml).orElseThrow(() -> Problem.notFound("There is no draft of '%s'.".formatted(id)));
        }
        return journeys.require(id, number(label)).xml();
    }

    /** An earlier version becomes the draft, to be looked at and deployed anew. */
    @PostMapping("/versions/{version}/draw")
    String drawAgain(@PathVariable String id, @PathVariable int version, Principal who, RedirectAttributes after) {
        var journey = journeys.require(id, version);
        if (drafts.find(id).isPresent()) {
            throw Problem.conflict("'%s' is being drawn already: deploy or discard that draft first.".formatted(id));
        }
        drafts.save(id, journey.xml(), 0, who.getName());
        after.addFlashAttribute("done", "This is what version %d said. Deploy it, and it is what runs.".formatted(version));
        return "redirect:/journeys/" + id + "/draw";
    }

    private List<Line> lines(String id) {
        var lines = new ArrayList<Line>();
        drafts.find(id).ifPresent(draft -> lines.add(new Line(DRAFT, UTC.format(draft.updatedAt()), draft.author(), 0)));
        for (Journeys.Journey version : journeys.versions(id)) {
            lines.add(new Line(Integer.toString(version.version()), UTC.format(version.deployedAt()), Optional.ofNullable(journeys.deployedBy(id, version.version())).orElse("the folder"),
                    history.counts(id, version.version()).active()));
        }
        return lines;
    }

    private static int number(String label) {
        try {
            return Integer.parseInt(label);
        } catch (NumberFormatException e) {
            throw Problem.notFound("There is no version '%s'.".formatted(label));
        }
    }
}
