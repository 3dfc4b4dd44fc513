package dev.drover.template;

import dev.drover.kernel.Problem;
import dev.drover.kernel.TextDiff;
import dev.drover.template.Templates.Template;
import dev.drover.template.TemplateVersions.Version;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a template said before, what changed, and the way back. */
@Controller
@RequestMapping("/templates/{key}")
class TemplateVersionPages {

    private final Templates templates;

    TemplateVersionPages(Templates templates) {
        this.templates = templates;
    }

    @GetMapping("/versions")
    String versions(@PathVariable String key, @RequestParam @Nullable Integer from, @RequestParam @Nullable Integer to, Model model) {
        var versions = templates.versions(key);
        int later = to == null ? versions.getFirst().template().version() : to;
        int earlier = from == null ? versions.stream().map(one -> one.template().version()).filter(one -> one < later).findFirst().orElse(later) : from;
        model.addAttribute("template", templates.require(key)).addAttribute("versions", versions).addAttribute("from", earlier).addAttribute("to", later)
                .addAttribute("diffs", earlier == later ? Map.of() : diffs(said(versions, earlier), said(versions, later)));
        return "template/versions";
    }

    private static Map<String, TextDiff> diffs(Template earlier, Template later) {
        var diffs = new LinkedHashMap<String, TextDiff>();
        diffs.put("Settings", TextDiff.between(settings(earlier), settings(later)));
        diffs.put("HTML", TextDiff.between(text(earlier.html()), text(later.html())));
        diffs.put("Text", TextDiff.between(text(earlier.text()), text(later.text())));
        diffs.values().removeIf(TextDiff::isEmpty);
        return diffs;
    }

    private static String settings(Template template) {
        return "Name: %s\nType: %s\nCategory: %s\nSubject: %s\nPreheader: %s\n%s".formatted(template.name(), template.type(), template.category(), text(template.subject()),
                text(template.preheader()), template.active() ? "Active" : "Switched off");
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    private static Template said(List<Version> versions, int number) {
        return versions.stream().map(Version::template).filter(one -> one.version() == number).findFirst()
                .orElseThrow(() -> Problem.notFound("There is no version %d.".formatted(number)));
    }

    @PostMapping("/rollback")
    String rollBack(@PathVariable String key, @RequestParam int version, Principal who, RedirectAttributes after) {
        var now = templates.rollBack(key, version, who.getName());
        after.addFlashAttribute("done", "What version %d said is what is sent again, as version %d.".formatted(version, now.version()));
        return "redirect:/templates/" + key + "/versions";
    }
}
