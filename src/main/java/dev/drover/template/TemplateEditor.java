package dev.drover.template;

import dev.drover.kernel.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where a template is written: checked while it is typed, saved when it is good. A {@code -} is no key, so that its calls are in nobody's way. */
@Controller
@RequestMapping("/templates")
class TemplateEditor {

    record Judgement(boolean valid, List<TemplateProblem> problems, List<Finding> warnings, int bytes) {}

    private final Templates templates;
    private final TemplateChecks checks;

    TemplateEditor(Templates templates, TemplateChecks checks) {
        this.templates = templates;
        this.checks = checks;
    }

    @GetMapping("/-/new")
    String begin(@RequestParam(defaultValue = "email") String channel, Model model) {
        return show(TemplateStarts.of(channel), List.of(), model);
    }

    @GetMapping("/{key}")
    String one(@PathVariable String key, Model model) {
        return show(TemplateDraft.of(templates.require(key)), List.of(), model);
    }

    /** What is wrong with the texts as they stand in the editor, and what could be better. */
    @PostMapping("/-/check")
    @ResponseBody
    Judgement check(@RequestBody TemplateDraft draft) {
        var result = checks.of(draft.input(null).parts(), draft.type());
        return new Judgement(result.problems().isEmpty(), result.problems(), result.warnings(), result.bytes());
    }

    @PostMapping("/-/new")
    String create(@ModelAttribute TemplateDraft draft, Principal who, Model model, HttpServletResponse response, RedirectAttributes after) {
        return save(draft.withVersion(0), who, model, response, after);
    }

    @PostMapping("/{key}")
    String change(@PathVariable String key, @ModelAttribute TemplateDraft draft, Principal who, Model model, HttpServletResponse response, RedirectAttributes after) {
        var before = templates.require(key);
        return save(new TemplateDraft(key, draft.name(), before.channel().key(), draft.type(), draft.category(), draft.subject(), draft.preheader(), draft.html(), draft.text(),
                before.active(), Objects.requireNonNullElse(draft.version(), before.version()), draft.note()), who, model, response, after);
    }

    /** Whatever stands against it, the texts stay in the editor. */
    private String save(TemplateDraft draft, Principal who, Model model, HttpServletResponse response, RedirectAttributes after) {
        try {
            var edit = new TemplateEdit(who.getName(), "ui", draft.noteOrNothing());
            var design = designOf(draft);
            var template = draft.input(design).checked(Objects.requireNonNullElse(draft.key(), "").strip(), checks);
            var saved = draft.isNew() ? templates.create(template, null, edit) : templates.change(template, design, edit, draft.version());
            after.addFlashAttribute("done", draft.isNew() ? "Saved." : "Saved as version %d.".formatted(saved.version()));
            return TemplatePages.to(saved.key());
        } catch (Problem problem) {
            boolean overtaken = problem.kind() == Problem.Kind.CONFLICT && !draft.isNew();
            response.setStatus(problem.kind() == Problem.Kind.CONFLICT ? 409 : 422);
            model.addAttribute("refused", problem.errors().size() > 1 ? "Not saved." : problem.getMessage()).addAttribute("overtaken", overtaken);
            return show(overtaken ? draft.withVersion(templates.require(Objects.requireNonNull(draft.key())).version()) : draft, problem.errors(), model);
        }
    }

    /** A design belongs to the HTML that was made of it: another HTML is nobody's design. */
    private @Nullable Map<String, Object> designOf(TemplateDraft draft) {
        if (draft.isNew()) {
            return null;
        }
        var before = templates.require(Objects.requireNonNull(draft.key()));
        return Objects.equals(before.html(), TemplateDraft.said(draft.html())) ? templates.design(before.key()).orElse(null) : null;
    }

    private String show(TemplateDraft draft, List<Problem.FieldError> errors, Model model) {
        Optional<Templates.Template> kept = draft.isNew() ? Optional.empty() : templates.find(Objects.requireNonNull(draft.key()));
        String title = kept.map(Templates.Template::name).orElseGet(() -> "New " + switch (Objects.requireNonNullElse(draft.channel(), "email")) {
            case "sms" -> "text message";
            case "push" -> "push message";
            default -> "mail";
        });
        model.addAttribute("title", title).addAttribute("draft", draft).addAttribute("template", kept.orElse(null)).addAttribute("errors", errors)
                .addAttribute("target", "/templates/" + kept.map(Templates.Template::key).orElse("-/new")).addAttribute("types", TemplateInput.TYPES)
                .addAttribute("categories", templates.all().stream().map(Templates.Template::category).distinct().sorted().toList())
                .addAttribute("uses", kept.map(one -> templates.usesOf(one.key())).orElse(List.of()))
                .addAttribute("designed", kept.flatMap(one -> templates.design(one.key())).isPresent())
                .addAttribute("last", kept.map(one -> templates.versions(one.key()).getFirst()).orElse(null));
        return "template/editor";
    }
}
