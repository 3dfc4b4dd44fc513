package dev.drover.journey;

import dev.drover.kernel.Problem;
import dev.drover.journey.Journeys.Journey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
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
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where a journey is drawn: kept as a draft while one draws, deployed when it is good. A {@code -} is no journey's id. */
@Controller
@RequestMapping("/journeys")
class DrawingPages {

    /** @param revision of the draft; 0: there is none any more @param version deployed; 0: none */
    record Kept(int revision, int version, List<BpmnProblem> problems) {}

    /** What may be chosen while drawing. @param events where an event is asked for */
    record Choices(List<Map<String, Object>> templates, Set<String> events) {}

    private final Journeys journeys;
    private final Drafts drafts;
    private final Palette palette;
    private final EventPublisher publisher;

    DrawingPages(Journeys journeys, Drafts drafts, Palette palette, EventPublisher publisher) {
        this.journeys = journeys;
        this.drafts = drafts;
        this.palette = palette;
        this.publisher = publisher;
    }

    @PostMapping("/-/new")
    String begin(@RequestParam String name, Principal who) {
        String wanted = NewDrawing.idOf(name.strip());
        String id = wanted;
        for (int n = 2; taken(id); n++) {
            id = wanted + "-" + n;
        }
        drafts.save(id, NewDrawing.named(id, name.strip()), 0, who.getName());
        return "redirect:/journeys/" + id + "/draw";
    }

    /** A file is a draft of the journey it names, however wrong it is: what is wrong is shown where it is drawn. */
    @PostMapping("/-/import")
    String take(@RequestParam MultipartFile file, Principal who, RedirectAttributes after) throws IOException {
        String xml = text(file.getBytes());
        String id = NewDrawing.idIn(xml);
        if (drafts.find(id).isPresent()) {
            throw Problem.conflict("'%s' is being drawn already: open that drawing and import the file there, or discard it first.".formatted(id));
        }
        drafts.save(id, xml, 0, who.getName());
        after.addFlashAttribute("done", "Read from %s. It isn’t deployed yet.".formatted(file.getOriginalFilename()));
        return "redirect:/journeys/" + id + "/draw";
    }

    @GetMapping("/{id}/draw")
    String draw(@PathVariable String id, Model model) {
        var draft = drafts.find(id);
        var running = journeys.find(id);
        String xml = drawing(id, draft, running);
        model.addAttribute("id", id).addAttribute("draft", draft.orElse(null)).addAttribute("journey", running.orElse(null))
                .addAttribute("name", running.map(Journey::name).orElseGet(() -> JourneyModel.of(BpmnReader.read(xml)).name()));
        return "journey/draw";
    }

    @GetMapping(path = "/{id}/drawing.bpmn", produces = MediaType.APPLICATION_XML_VALUE)
    @ResponseBody
    String drawing(@PathVariable String id) {
        return drawing(id, drafts.find(id), journeys.find(id));
    }

    /** What the diagram can be drawn of, and chosen in it. */
    @GetMapping("/{id}/palette")
    @ResponseBody
    Choices palette(@PathVariable String id) {
        return new Choices(palette.of(BpmnReader.read(drawing(id))), palette.events());
    }

    /** What is wrong with the diagram as it is drawn now. */
    @PostMapping(path = "/{id}/check", consumes = MediaType.APPLICATION_XML_VALUE)
    @ResponseBody
    Map<String, Object> check(@PathVariable String id, @RequestBody String xml) {
        return Map.of("problems", journeys.check(id, xml));
    }

    @PostMapping(path = "/{id}/draft", consumes = MediaType.APPLICATION_XML_VALUE)
    @ResponseBody
    Kept save(@PathVariable String id, @RequestParam int revision, @RequestBody String xml, Principal who) {
        BpmnReader.read(xml);
        if (revision == 0) {
            drawing(id, Optional.empty(), journeys.find(id));
        }
        return new Kept(drafts.save(id, xml, revision, who.getName()), 0, List.of());
    }

    @PostMapping("/{id}/discard")
    String discard(@PathVariable String id, RedirectAttributes after) {
        drafts.discard(id);
        after.addFlashAttribute("done", "The draft of '%s' is gone.".formatted(id));
        return "redirect:/journeys" + (journeys.find(id).isPresent() ? "/" + id : "");
    }

    /** Whatever stands against it, the drawing stays a draft. */
    @PostMapping(path = "/{id}/deploy", consumes = MediaType.APPLICATION_XML_VALUE)
    @ResponseBody
    Kept deploy(@PathVariable String id, @RequestParam int revision, @RequestBody String xml, Principal who) {
        var against = journeys.check(id, xml);
        int kept = drafts.save(id, xml, revision, who.getName());
        if (against.stream().anyMatch(BpmnProblem::isError)) {
            return new Kept(kept, 0, against);
        }
        var deployment = journeys.deploy(xml, who.getName());
        if (deployment.version() == 0) {
            return new Kept(kept, 0, deployment.problems());
        }
        drafts.discard(id);
        publisher.refresh();
        return new Kept(0, deployment.version(), deployment.problems());
    }

    /** @param version {@code null}: the drawing as it is now, else what was deployed */
    @GetMapping("/{id}/file")
    ResponseEntity<byte[]> file(@PathVariable String id, @RequestParam @Nullable Integer version) {
        String xml = version == null ? drawing(id) : journeys.require(id, version).xml();
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_XML)
                .header("Content-Disposition", ContentDisposition.attachment().filename(id + ".bpmn", StandardCharsets.UTF_8).build().toString())
                .body(xml.getBytes(StandardCharsets.UTF_8));
    }

    private boolean taken(String id) {
        return drafts.find(id).isPresent() || journeys.find(id).isPresent();
    }

    private static String drawing(String id, Optional<Drafts.Draft> draft, Optional<Journey> running) {
        return draft.map(Drafts.Draft::xml).or(() -> running.map(Journey::xml)).orElseThrow(() -> Problem.notFound("There is no journey '" + id + "'."));
    }

    private static String text(byte[] file) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString().replaceFirst("^\uFEFF", "");
        } catch (CharacterCodingException e) {
            throw Problem.rejected("The file isn’t UTF-8: save it as that.");
        }
    }
}
