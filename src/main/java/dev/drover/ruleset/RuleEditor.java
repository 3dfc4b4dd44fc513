package dev.drover.ruleset;

import dev.drover.kernel.Problem;
import dev.drover.ruleset.language.Vocabulary;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where a rule file is written: checked while it is typed, published when it is good. Who may publish is settled at the door. */
@Controller
@RequestMapping("/rules")
class RuleEditor {

    /** What is being edited. @param version that it started from; 0: there is no such file yet */
    record Draft(String group, String name, String source, int version) {

        public String path() {
            return group + "/" + name;
        }

        boolean isNew() {
            return version == 0;
        }
    }

    record Unchecked(String path, String source) {}

    record Judgement(boolean valid, List<RuleProblem> problems) {}

    private final Rulesets rulesets;

    RuleEditor(Rulesets rulesets) {
        this.rulesets = rulesets;
    }

    @GetMapping("/new")
    String begin(@RequestParam(defaultValue = "segments") String group, Model model) {
        return show(new Draft(RulePages.GROUPS.contains(group) ? group : "segments", "", RuleStarts.of(group), 0), List.of(), model);
    }

    @GetMapping("/{group}/{name}")
    String one(@PathVariable String group, @PathVariable String name, Model model) {
        String path = group + "/" + name;
        var file = rulesets.file(path).orElse(null);
        if (file == null && !rulesets.versions(path).isEmpty()) {
            return "redirect:/rules/" + path + "/versions";
        }
        if (file == null) {
            throw Problem.notFound("There is no rule file '%s'.".formatted(path));
        }
        if (file.isTable()) {
            return RuleTables.show(rulesets, file, List.of(), model);
        }
        return show(new Draft(group, name, file.source(), file.version() == null ? 0 : file.version().number()), file.problems(), model);
    }

    /** What is wrong with a text as it stands in the editor. */
    @PostMapping("/check")
    @ResponseBody
    Judgement check(@RequestBody Unchecked draft) {
        var problems = rulesets.check(draft.path(), draft.source());
        return new Judgement(problems.stream().noneMatch(RuleProblem::isError), problems);
    }

    /** For completion. */
    @GetMapping("/vocabulary")
    @ResponseBody
    List<Vocabulary.Word> vocabulary(@RequestParam String group) {
        return Vocabulary.of(group).words();
    }

    @PostMapping("/new")
    String create(@RequestParam String group, @RequestParam String name, @RequestParam String source, @RequestParam(defaultValue = "") String note, Principal who,
            Model model, HttpServletResponse response, RedirectAttributes after) {
        return publish(new Draft(group, name.strip().endsWith(".drl") ? name.strip() : name.strip() + ".drl", source, 0), note, who, model, response, after);
    }

    @PostMapping("/{group}/{name}")
    String publish(@PathVariable String group, @PathVariable String name, @RequestParam String source, @RequestParam(defaultValue = "") String note,
            @RequestParam int version, Principal who, Model model, HttpServletResponse response, RedirectAttributes after) {
        return publish(new Draft(group, name, source, version), note, who, model, response, after);
    }

    /** Whatever stands against it, the text stays in the editor. */
    private String publish(Draft draft, String note, Principal who, Model model, HttpServletResponse response, RedirectAttributes after) {
        try {
            var file = rulesets.publish(draft.path(), draft.source(), new RuleEdit(who.getName(), "ui", note), draft.version());
            after.addFlashAttribute("done", "Version %d is in force.".formatted(file.version() == null ? 1 : file.version().number()));
            return "redirect:/rules/" + file.path();
        } catch (RulesRefused refused) {
            response.setStatus(422);
            model.addAttribute("refused", refused.path().equals(draft.path()) ? "Not published: it has mistakes." : refused.getMessage());
            return show(draft, refused.path().equals(draft.path()) ? refused.problems() : List.of(), model);
        } catch (Problem problem) {
            response.setStatus(problem.kind() == Problem.Kind.CONFLICT ? 409 : 422);
            model.addAttribute("refused", problem.getMessage());
            return problem.kind() == Problem.Kind.CONFLICT ? show(overtaken(draft, model), List.of(), model) : show(draft, List.of(), model);
        }
    }

    /** Somebody else published meanwhile. Publishing once more, having seen that, replaces it. */
    private Draft overtaken(Draft draft, Model model) {
        var newest = rulesets.versions(draft.path()).stream().findFirst();
        if (newest.isEmpty()) {
            return draft;
        }
        model.addAttribute("overtakenBy", newest.get());
        return draft.isNew() ? draft : new Draft(draft.group(), draft.name(), draft.source(), newest.get().number());
    }

    @PostMapping("/{group}/{name}/retire")
    String retire(@PathVariable String group, @PathVariable String name, @RequestParam int version, Principal who, RedirectAttributes after) {
        rulesets.retire(group + "/" + name, new RuleEdit(who.getName(), "ui", ""), version);
        after.addFlashAttribute("done", "%s/%s is retired. Its versions stay, and can be brought back.".formatted(group, name));
        return "redirect:/rules/%s/%s/versions".formatted(group, name);
    }

    private String show(Draft draft, List<RuleProblem> problems, Model model) {
        var file = draft.isNew() ? null : rulesets.file(draft.path()).orElse(null);
        model.addAttribute("title", file == null ? "New rule file" : draft.path()).addAttribute("target", "/rules/" + (file == null ? "new" : draft.path()))
                .addAttribute("draft", draft).addAttribute("file", file).addAttribute("problems", problems).addAttribute("facts", facts(draft.group()))
                .addAttribute("deciding", file == null || file.isInForce() ? null : file.inForce());
        return "ruleset/editor";
    }

    /** The words for facts by what they are of, verbs and operators last. */
    private static Map<String, List<Vocabulary.Word>> facts(String group) {
        var byOwner = new LinkedHashMap<String, List<Vocabulary.Word>>();
        for (var word : Vocabulary.of(group).words()) {
            if (!word.kind().equals("fact")) {
                byOwner.computeIfAbsent(owner(word), owner -> new ArrayList<>()).add(word);
            }
        }
        return byOwner;
    }

    private static String owner(Vocabulary.Word word) {
        return switch (word.kind()) {
            case "verb" -> "What a rule says";
            case "operator" -> "Comparing";
            default -> {
                int dot = word.name().indexOf('.');
                yield dot < 0 ? word.fact() : title(word.name().substring(0, dot));
            }
        };
    }

    private static String title(String part) {
        return part.equals("rfm") ? "RFM" : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1);
    }
}
