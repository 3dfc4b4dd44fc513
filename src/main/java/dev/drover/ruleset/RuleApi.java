package dev.drover.ruleset;

import dev.drover.kernel.Checks;
import dev.drover.kernel.Page;
import dev.drover.kernel.Problem;
import dev.drover.ruleset.language.Vocabulary;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/rules")
class RuleApi {

    record Draft(@Nullable String path, @Nullable String source) {}

    /** @param ifVersion the version that was seen, 0: no such file; {@code null}: whatever is there */
    record Publishing(@Nullable String source, @Nullable String note, @Nullable Integer ifVersion) {}

    record Return(@Nullable Integer version, @Nullable String note) {}

    /** @param valid whether it could be put in force */
    record Judgement(boolean valid, List<RuleProblem> problems) {}

    static final String WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final Rulesets rulesets;
    private final RuleExport export;

    RuleApi(Rulesets rulesets, RuleExport export) {
        this.rulesets = rulesets;
        this.export = export;
    }

    @GetMapping
    Page<Map<String, Object>> list() {
        return new Page<>(rulesets.files().stream().map(RuleApi::summary).toList(), null);
    }

    @PostMapping("/check")
    Judgement check(@RequestBody Draft draft) {
        var checks = new Checks().required("path", draft.path());
        if (draft.source() == null) {
            checks.fail("source", "source is missing.");
        }
        checks.orThrow();
        String path = Objects.requireNonNull(draft.path()).replaceFirst("^/?(rules/)?", "");
        var problems = rulesets.check(path, Objects.requireNonNull(draft.source()));
        return new Judgement(problems.stream().noneMatch(RuleProblem::isError), problems);
    }

    /** What rules of a group may read and say: for completion, and to be read. */
    @GetMapping("/vocabulary")
    List<Vocabulary.Word> vocabulary(@RequestParam(defaultValue = "segments") String group) {
        if (!RulePages.GROUPS.contains(group)) {
            throw Problem.invalid("group", "The groups are segments, eligibility and content.");
        }
        return Vocabulary.of(group).words();
    }

    @GetMapping("/{group}/{name}")
    Map<String, Object> one(@PathVariable String group, @PathVariable String name) {
        return whole(require(group, name));
    }

    /** Puts a source in force. */
    @PutMapping(path = "/{group}/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> publish(@PathVariable String group, @PathVariable String name, @RequestBody Publishing body, @Nullable Principal who) {
        new Checks().required("source", body.source()).orThrow();
        return whole(rulesets.publish(group + "/" + name, Objects.requireNonNull(body.source()), new RuleEdit(name(who), "api", note(body.note())), body.ifVersion()));
    }

    /** Puts a decision table in force. */
    @PutMapping(path = "/{group}/{name}", consumes = WORKBOOK)
    Map<String, Object> publishTable(@PathVariable String group, @PathVariable String name, @RequestBody byte[] workbook,
            @RequestParam(required = false) @Nullable String note, @RequestParam(required = false) @Nullable Integer ifVersion, @Nullable Principal who) {
        return whole(rulesets.publishTable(group + "/" + name, workbook, new RuleEdit(name(who), "api", note(note)), ifVersion));
    }

    @GetMapping(path = "/{group}/{name}/file", produces = WORKBOOK)
    ResponseEntity<byte[]> workbook(@PathVariable String group, @PathVariable String name, @RequestParam(required = false) @Nullable Integer version) {
        String path = group + "/" + name;
        var head = require(group, name).version();
        if (head == null && version == null) {
            throw Problem.notFound("No version of '%s' was ever good.".formatted(path));
        }
        return ResponseEntity.ok().header("Content-Disposition", "attachment; filename=\"%s\"".formatted(RulePath.require(path).substring(group.length() + 1)))
                .body(rulesets.workbook(path, version == null ? head.number() : version));
    }

    @DeleteMapping("/{group}/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void retire(@PathVariable String group, @PathVariable String name, @RequestParam(required = false) @Nullable Integer ifVersion, @Nullable Principal who) {
        rulesets.retire(group + "/" + name, new RuleEdit(name(who), "api", ""), ifVersion);
    }

    /** Newest first; of a file that was taken away too. */
    @GetMapping("/{group}/{name}/versions")
    Page<Map<String, Object>> versions(@PathVariable String group, @PathVariable String name) {
        var versions = rulesets.versions(group + "/" + name);
        if (versions.isEmpty()) {
            require(group, name);
        }
        return new Page<>(versions.stream().map(RuleApi::version).toList(), null);
    }

    @GetMapping("/{group}/{name}/versions/{number}")
    Map<String, Object> version(@PathVariable String group, @PathVariable String name, @PathVariable int number) {
        var version = rulesets.version(group + "/" + name, number);
        var answer = version(version);
        answer.put("source", version.source());
        return answer;
    }

    @PostMapping("/{group}/{name}/rollback")
    Map<String, Object> rollBack(@PathVariable String group, @PathVariable String name, @RequestBody Return body, @Nullable Principal who) {
        new Checks().required("version", body.version()).orThrow();
        return whole(rulesets.rollBack(group + "/" + name, Objects.requireNonNull(body.version()), name(who), note(body.note())));
    }

    @GetMapping(path = "/export", produces = "application/zip")
    ResponseEntity<byte[]> export() {
        return ResponseEntity.ok().header("Content-Disposition", "attachment; filename=\"rules.zip\"").body(export.zip());
    }

    @PostMapping("/export")
    RuleExport.Written writeToFolder() {
        return export.writeToFolder();
    }

    /** The web floor knows problems, but not their places. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(RulesRefused refused) {
        var problem = ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(refused.getMessage()));
        problem.setProperty("type", "about:blank");
        problem.setProperty("path", refused.path());
        problem.setProperty("problems", refused.problems());
        return ResponseEntity.unprocessableContent().contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
    }

    private RuleFile require(String group, String name) {
        return rulesets.file(group + "/" + name).orElseThrow(() -> Problem.notFound("There is no rule file '%s/%s'.".formatted(group, name)));
    }

    private static String name(@Nullable Principal who) {
        return who == null ? "api" : who.getName();
    }

    private static String note(@Nullable String note) {
        return Objects.requireNonNullElse(note, "");
    }

    private Map<String, Object> whole(RuleFile file) {
        var answer = summary(file);
        answer.put("source", file.source());
        answer.put("sourceInForce", file.inForce());
        if (file.isTable()) {
            answer.put("table", rulesets.table(file));
        }
        return answer;
    }

    private static Map<String, Object> summary(RuleFile file) {
        var summary = new LinkedHashMap<String, Object>();
        summary.put("path", file.path());
        summary.put("group", file.group());
        summary.put("inForce", file.isInForce());
        summary.put("problems", file.problems());
        summary.put("folder", file.folder().name().toLowerCase(Locale.ROOT));
        if (file.version() != null) {
            summary.putAll(version(file.version()));
        }
        return summary;
    }

    private static Map<String, Object> version(RuleVersion version) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("version", version.number());
        answer.put("author", version.author());
        answer.put("at", version.at());
        answer.put("note", version.note());
        answer.put("origin", version.origin());
        answer.put("retired", version.retired());
        return answer;
    }
}
