package dev.drover.segment;

import dev.drover.kernel.Checks;
import dev.drover.kernel.Json;
import dev.drover.kernel.Problem;
import dev.drover.ruleset.RulesRefused;
import dev.drover.ruleset.Rulesets;
import dev.drover.ruleset.language.Script;
import dev.drover.segment.builder.Criteria;
import dev.drover.segment.builder.CriteriaReader;
import dev.drover.segment.builder.FormView;
import dev.drover.segment.builder.RuleWriter;
import dev.drover.segment.builder.Wording;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** Where marketers put conditions together. The page's script sends them as the API takes them, and shows what comes back. */
@Controller
@RequestMapping("/segments")
class BuilderPages {

    /** @param editing whether the segment is there already @param version of its rule file that was opened */
    record Form(@Nullable String key, @Nullable String name, @Nullable String type, @Nullable String description, @Nullable Map<String, Object> criteria, boolean editing,
            @Nullable Integer version) {}

    /** @param words empty: not yet all there */
    record Look(String rule, String words, List<Problem.FieldError> errors, List<String> warnings) {}

    private final SegmentDefinitions definitions;
    private final SegmentCatalogue catalogue;
    private final SegmentPreview preview;
    private final SegmentWarnings warnings;
    private final BuilderSuggestions suggestions;
    private final Rulesets rulesets;

    BuilderPages(SegmentDefinitions definitions, SegmentCatalogue catalogue, SegmentPreview preview, SegmentWarnings warnings, BuilderSuggestions suggestions,
            Rulesets rulesets) {
        this.definitions = definitions;
        this.catalogue = catalogue;
        this.preview = preview;
        this.warnings = warnings;
        this.suggestions = suggestions;
        this.rulesets = rulesets;
    }

    @GetMapping("/new")
    String create(Model model) {
        return builder(model, null, null);
    }

    /** What conditions can't say is changed in the editor; a segment without a rule has nothing to edit here but its name. */
    @GetMapping("/{key}/edit")
    String edit(@PathVariable String key, Model model) {
        var segment = catalogue.find(key).orElseThrow(() -> Problem.notFound("There is no segment '" + key + "'."));
        if (segment.isStatic()) {
            throw Problem.conflict("Members are added to '%s' by hand: it has no conditions.".formatted(segment.name()));
        }
        var criteria = definitions.criteria(segment);
        return criteria.isPresent() ? builder(model, segment, criteria.get()) : "redirect:/rules/" + segment.ruleFile();
    }

    private String builder(Model model, @Nullable Segment segment, @Nullable Criteria criteria) {
        var data = new LinkedHashMap<String, @Nullable Object>();
        data.put("fields", FormView.fields());
        data.put("suggestions", suggestions.all());
        data.put("criteria", criteria == null ? null : FormView.of(criteria));
        data.put("version", segment == null ? null : definitions.file(segment.ruleFile()).flatMap(file -> Optional.ofNullable(file.version())).map(version -> version.number()).orElse(null));
        model.addAttribute("handwritten", segment == null || criteria == null ? null : definitions.writtenByHand(segment, criteria).orElse(null));
        model.addAttribute("segment", segment).addAttribute("title", segment == null ? "New segment" : segment.name()).addAttribute("data", Json.write(data));
        return "segment/builder";
    }

    /** The rule as it would be written, and what is wrong with the conditions so far. */
    @PostMapping("/builder/look")
    @ResponseBody
    Look look(@RequestBody Form form) {
        var checks = new Checks();
        var read = criteria(form, checks);
        if (read.isEmpty()) {
            return new Look("", "", checks.errors(), List.of());
        }
        String rule = rule(form, read.get());
        try {
            rulesets.trial(path(form, validKey(form)), rule);
        } catch (RulesRefused circle) {
            return new Look(rule, Wording.sentence(read.get()), List.of(new Problem.FieldError("criteria", circle.problems().getFirst().message())), List.of());
        }
        return new Look(rule, Wording.sentence(read.get()), List.of(), warnings.of(read.get(), Script.read("segments", rule).rules()));
    }

    private static String rule(Form form, Criteria criteria) {
        String name = form.name() == null || form.name().isBlank() ? "New segment" : form.name();
        return RuleWriter.write(validKey(form), name, Objects.requireNonNullElse(form.description(), ""), criteria);
    }

    private static String validKey(Form form) {
        return SegmentInput.checkKey(form.key()).ok() ? Objects.requireNonNull(form.key()) : "new-segment";
    }

    private Optional<Criteria> criteria(Form form, Checks checks) {
        return CriteriaReader.read(form.criteria(), "criteria", checks, new CriteriaReader.Known(definitions.keys(), validKey(form)));
    }

    /** Figures as they come in, a line of JSON each, until all are counted or nobody listens any more. */
    @PostMapping("/builder/count")
    void count(@RequestBody Form form, HttpServletResponse response) throws IOException {
        var checks = new Checks();
        var read = criteria(form, checks);
        checks.orThrow();
        String key = validKey(form);
        var trial = rulesets.trial(path(form, key), rule(form, read.orElseThrow()));
        response.setContentType("application/x-ndjson");
        response.setCharacterEncoding("UTF-8");
        var out = response.getWriter();
        write(out, preview.count(key, trial, figures -> write(out, figures)));
    }

    private String path(Form form, String key) {
        return Optional.of(key).filter(known -> form.editing()).flatMap(catalogue::find).map(Segment::ruleFile).orElse("segments/" + key + ".drl");
    }

    /** @return whether anybody listens */
    private static boolean write(PrintWriter out, SegmentPreview.Figures figures) {
        out.write(Json.write(figures));
        out.write('\n');
        out.flush();
        return !out.checkError();
    }

    @PostMapping("/builder")
    @ResponseBody
    ResponseEntity<Map<String, Object>> save(@RequestBody Form form, Principal who) {
        try {
            var wanted = new SegmentInput(form.key(), form.name(), form.type(), form.description(), form.criteria(), null).check(definitions.keys());
            if (form.editing()) {
                definitions.change(wanted, who.getName(), "ui", form.version());
            } else {
                definitions.create(wanted, who.getName(), "ui");
            }
            return ResponseEntity.ok(Map.of("location", "/segments/" + wanted.key()));
        } catch (Problem problem) {
            var errors = problem.errors().isEmpty() ? List.of(new Problem.FieldError(problem.kind() == Problem.Kind.CONFLICT && !form.editing() ? "key" : "criteria", problem.getMessage()))
                    : problem.errors();
            return ResponseEntity.unprocessableContent().body(Map.of("errors", errors));
        }
    }
}
