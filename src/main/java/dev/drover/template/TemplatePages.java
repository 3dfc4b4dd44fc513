package dev.drover.template;

import dev.drover.kernel.Problem;
import dev.drover.template.Templates.Entry;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** All templates, and what is done with one as a whole. What one says for a customer is shown by delivery, at the addresses its pages embed. */
@Controller
@RequestMapping("/templates")
class TemplatePages {

    private static final int SHOWN = 60;

    /** What to show; empty: whatever. @param state {@code active}, {@code off} or {@code system} */
    record Filter(String q, String channel, String type, String category, String state) {

        boolean any() {
            return !(q + channel + type + category + state).isBlank();
        }

        boolean takes(Entry entry) {
            var one = entry.template();
            return (channel.isEmpty() || channel.equals(one.channel().key())) && (type.isEmpty() || type.equals(one.type())) && (category.isEmpty() || category.equals(one.category()))
                    && switch (state) {
                        case "active" -> one.active();
                        case "off" -> !one.active();
                        case "system" -> one.system();
                        default -> true;
                    }
                    && (q.isBlank() || Stream.of(one.name(), one.key(), one.subject()).filter(Objects::nonNull).anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(q.strip().toLowerCase(Locale.ROOT))));
        }
    }

    private final Templates templates;

    TemplatePages(Templates templates) {
        this.templates = templates;
    }

    @GetMapping
    String list(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String channel, @RequestParam(defaultValue = "") String type,
            @RequestParam(defaultValue = "") String category, @RequestParam(defaultValue = "") String state, @RequestParam(defaultValue = "false") boolean all, Model model) {
        var filter = new Filter(q, channel, type, category, state);
        var everything = templates.catalogue();
        List<Entry> found = everything.stream().filter(filter::takes).toList();
        model.addAttribute("filter", filter).addAttribute("none", everything.isEmpty()).addAttribute("found", found.size())
                .addAttribute("rows", all ? found : found.stream().limit(SHOWN).toList()).addAttribute("types", TemplateInput.TYPES)
                .addAttribute("categories", everything.stream().map(one -> one.template().category()).distinct().sorted().toList());
        return "template/list";
    }

    @PostMapping("/{key}/clone")
    String copy(@PathVariable String key, @RequestParam @Nullable String copyKey, @RequestParam @Nullable String copyName, Principal who, RedirectAttributes after) {
        try {
            var copy = templates.copy(templates.require(key), TemplateInput.checkedKey(copyKey), TemplateInput.checkedName(copyName), new TemplateEdit(who.getName(), "ui", "Copied from " + key));
            after.addFlashAttribute("done", "This is the copy.");
            return to(copy.key());
        } catch (Problem problem) {
            after.addFlashAttribute("refused", problem.getMessage());
            return to(key);
        }
    }

    @PostMapping("/{key}/active")
    String switchTo(@PathVariable String key, @RequestParam boolean active, Principal who, RedirectAttributes after) {
        try {
            templates.switchTo(key, active, new TemplateEdit(who.getName(), "ui", active ? "Switched on" : "Switched off"));
            after.addFlashAttribute("done", active ? "It is sent again." : "It is switched off: nothing is sent by it.");
        } catch (Problem problem) {
            after.addFlashAttribute("refused", problem.getMessage());
        }
        return to(key);
    }

    @PostMapping("/{key}/delete")
    String delete(@PathVariable String key, RedirectAttributes after) {
        try {
            templates.delete(key);
        } catch (Problem problem) {
            after.addFlashAttribute("refused", problem.getMessage());
            return to(key);
        }
        after.addFlashAttribute("done", "'" + key + "' is gone.");
        return "redirect:/templates";
    }

    static String to(String key) {
        return "redirect:/templates/" + key;
    }
}
