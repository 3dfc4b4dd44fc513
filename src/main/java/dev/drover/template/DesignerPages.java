package dev.drover.template;

import dev.drover.kernel.Json;
import dev.drover.kernel.Problem;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** The designer's page: alone in letting styles into the page, which the designer positions its parts by. */
@Controller
@RequestMapping("/templates/{key}/design")
class DesignerPages {

    record Design(@Nullable String mjml, @Nullable Integer version, @Nullable String note) {}

    /** @param version {@code null}: it isn't saved, and the problem says why */
    record Saved(@Nullable Integer version, @Nullable String problem, List<Finding> warnings) {}

    private final Templates templates;
    private final TemplateDesigner designer;
    private final TemplateChecks checks;
    private final ObjectProvider<TemplateVocabulary> vocabularies;

    DesignerPages(Templates templates, TemplateDesigner designer, TemplateChecks checks, ObjectProvider<TemplateVocabulary> vocabularies) {
        this.templates = templates;
        this.designer = designer;
        this.checks = checks;
        this.vocabularies = vocabularies;
    }

    /** @param begin whether a mail that was written as HTML is to be begun anew */
    @GetMapping
    String show(@PathVariable String key, @RequestParam(defaultValue = "false") boolean begin, Model model) {
        var template = templates.require(key);
        if (!template.channel().key().equals("email")) {
            throw Problem.rejected("Only mails are designed; '%s' is for %s.".formatted(template.name(), template.channel().key()));
        }
        String design = designer.designOf(key);
        var tags = vocabularies.orderedStream().flatMap(one -> one.tags().stream()).map(MergeTag::name).filter(name -> !name.contains("[]")).toList();
        model.addAttribute("template", template).addAttribute("writtenByHand", design == null && !begin)
                .addAttribute("design", Json.write(Map.of("mjml", design == null ? designer.start() : design, "tags", tags, "version", template.version())));
        return "template/designer";
    }

    @PostMapping
    @ResponseBody
    Saved save(@PathVariable String key, @RequestBody Design design, Principal who) {
        try {
            var saved = designer.save(key, Objects.requireNonNullElse(design.mjml(), ""), new TemplateEdit(who.getName(), "ui", Objects.requireNonNullElse(design.note(), "")), design.version());
            var warnings = new ArrayList<>(checks.of(Map.of("html", Objects.requireNonNull(saved.html())), saved.type()).warnings());
            warnings.removeIf(one -> one.severity() == Finding.Severity.HINT);
            return new Saved(saved.version(), null, warnings);
        } catch (Problem problem) {
            return new Saved(null, problem.getMessage(), List.of());
        }
    }
}
