package dev.drover.segment;

import dev.drover.kernel.Checks;
import dev.drover.kernel.Problem;
import dev.drover.ruleset.RulesRefused;
import dev.drover.ruleset.Rulesets;
import dev.drover.ruleset.language.Script;
import dev.drover.segment.builder.CriteriaReader;
import dev.drover.segment.builder.RuleWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Calculations over everybody: of all segments, and of one that isn't there yet. */
@RestController
@RequestMapping("/api/v1/segments")
class SegmentWorkApi {

    /** @param key of the segment it would change; left out: a new one, or the one that the source enters */
    record Draft(@Nullable String key, @Nullable Map<String, Object> criteria, @Nullable String source) {}

    private static final String NEW = "new-segment";

    private final SegmentRebuild rebuild;
    private final SegmentSchedule schedule;
    private final SegmentCatalogue catalogue;
    private final SegmentDefinitions definitions;
    private final SegmentPreview preview;
    private final Rulesets rulesets;

    SegmentWorkApi(SegmentRebuild rebuild, SegmentSchedule schedule, SegmentCatalogue catalogue, SegmentDefinitions definitions, SegmentPreview preview, Rulesets rulesets) {
        this.rebuild = rebuild;
        this.schedule = schedule;
        this.catalogue = catalogue;
        this.definitions = definitions;
        this.preview = preview;
        this.rulesets = rulesets;
    }

    @PostMapping("/preview")
    SegmentPreview.Figures preview(@RequestBody Draft draft) {
        if ((draft.criteria() == null) == (draft.source() == null)) {
            throw Problem.invalid("criteria", "Send either criteria or a rule's source.");
        }
        String key = Objects.requireNonNullElse(draft.key(), NEW);
        if (draft.key() != null) {
            SegmentInput.checkKey(key).orThrow();
        }
        String source = draft.source() == null ? rule(key, draft) : draft.source();
        String segment = draft.source() == null || draft.key() != null ? key : entered(source).orElse(NEW);
        try {
            var trial = rulesets.trial(path(segment), source);
            if (!trial.ownSegments().contains(segment)) {
                throw Problem.invalid("key", "The source doesn't enter the segment '%s'.".formatted(segment));
            }
            return preview.count(segment, trial, figures -> true);
        } catch (RulesRefused refused) {
            throw Problem.invalid(draft.source() == null ? "criteria" : "source", refused.getMessage());
        }
    }

    private String rule(String key, Draft draft) {
        var checks = new Checks();
        var criteria = CriteriaReader.read(draft.criteria(), "criteria", checks, new CriteriaReader.Known(definitions.keys(), key));
        checks.orThrow();
        return RuleWriter.write(key, key, "", criteria.orElseThrow());
    }

    private static Optional<String> entered(String source) {
        return Script.read("segments", source).rules().stream().flatMap(rule -> rule.enters().stream()).findFirst();
    }

    /** Where the segment's rule stands now, so that the draft takes its place. */
    private String path(String segment) {
        return catalogue.find(segment).map(Segment::ruleFile).filter(file -> file.endsWith(".drl")).orElse("segments/" + segment + ".drl");
    }

    @PostMapping("/rebuild")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, Object> startRebuild() {
        schedule.request("api");
        return rebuild();
    }

    @GetMapping("/rebuild")
    Map<String, Object> rebuild() {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("running", schedule.busy());
        rebuild.progress().ifPresent(progress -> {
            answer.put("done", progress.done());
            answer.put("total", progress.total());
            answer.put("percent", progress.percent());
        });
        rebuild.lastEnded().ifPresent(run -> {
            answer.put("customers", run.customers());
            answer.put("seconds", run.millis() / 1_000.0);
            answer.put("entered", run.entered());
            answer.put("left", run.departed());
            answer.put("cause", run.cause());
            answer.put("endedAt", run.endedAt());
        });
        return answer;
    }
}
