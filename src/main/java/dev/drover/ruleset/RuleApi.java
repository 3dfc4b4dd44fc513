package dev.drover.ruleset;

import dev.drover.kernel.Checks;
import dev.drover.kernel.Page;
import dev.drover.kernel.Problem;
import dev.drover.ruleset.language.Vocabulary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/rules")
class RuleApi {

    record Draft(@Nullable String path, @Nullable String source) {}

    /** @param valid whether it could be put in force */
    record Judgement(boolean valid, List<RuleProblem> problems) {}

    private final Rulesets rulesets;

    RuleApi(Rulesets rulesets) {
        this.rulesets = rulesets;
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
        if (!group.equals("segments") && !group.equals("eligibility")) {
            throw Problem.invalid("group", "The groups are segments and eligibility.");
        }
        return Vocabulary.of(group).words();
    }

    @GetMapping("/{group}/{name}")
    Map<String, Object> one(@PathVariable String group, @PathVariable String name) {
        var file = rulesets.file(group + "/" + name).orElseThrow(() -> Problem.notFound("There is no rule file '%s/%s'.".formatted(group, name)));
        var answer = summary(file);
        answer.put("source", file.source());
        answer.put("sourceInForce", file.inForce());
        return answer;
    }

    private static Map<String, Object> summary(RuleFile file) {
        var summary = new LinkedHashMap<String, Object>();
        summary.put("path", file.path());
        summary.put("group", file.group());
        summary.put("inForce", file.isInForce());
        summary.put("problems", file.problems());
        return summary;
    }
}
