package dev.drover.delivery;

import dev.drover.audience.Shown;
import dev.drover.kernel.Problem;
import dev.drover.template.Templates;
import dev.drover.template.Templates.Template;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The templates, and what each makes of a customer. */
@Controller
@RequestMapping("/templates")
class TemplatePages {

    record Row(Template template, Shown.@Nullable Time changed) {}

    private final Templates templates;
    private final Previews previews;
    private final Senders senders;

    TemplatePages(Templates templates, Previews previews, Senders senders) {
        this.templates = templates;
        this.previews = previews;
        this.senders = senders;
    }

    @GetMapping
    String list(Model model) {
        model.addAttribute("rows", templates.catalogue().stream().map(each -> new Row(each.template(), Shown.time(each.changedAt()))).toList());
        return "delivery/templates";
    }

    @GetMapping("/{key}")
    String one(@PathVariable String key, @RequestParam @Nullable String customer, @RequestParam @Nullable String view, @RequestParam @Nullable String width,
            Model model) {
        var template = templates.require(key);
        String who = customer == null || customer.isBlank() ? null : customer.strip();
        model.addAttribute("template", template);
        model.addAttribute("customer", who == null ? "" : who);
        model.addAttribute("mergeTags", templates.mergeTags(template));
        model.addAttribute("here", "/templates/" + key);
        LetterView.of(view, width).on(model);
        try {
            var content = previews.of(template, who, Map.of());
            String document = UriComponentsBuilder.fromPath("/templates/{key}/document").queryParamIfPresent("customer", java.util.Optional.ofNullable(who))
                    .build(key).toString();
            model.addAttribute("letter", new Letter(template.channel(), senders.standard().name(), content.subject(), content.preheader(),
                    content.html() == null ? null : document, content.text(), Map.of()));
        } catch (Problem problem) {
            // No such customer, or a template that fails on this one: said beside the preview's form.
            model.addAttribute("problem", problem.getMessage());
        }
        return "delivery/template";
    }

    @GetMapping("/{key}/document")
    ResponseEntity<String> document(@PathVariable String key, @RequestParam @Nullable String customer) {
        return MailDocument.of(Objects.requireNonNullElse(previews.of(templates.require(key), customer, Map.of()).html(), ""));
    }
}
