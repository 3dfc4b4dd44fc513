package dev.drover.cart;

import dev.drover.audience.Shown;
import dev.drover.kernel.Checks;
import dev.drover.kernel.Problem;
import dev.drover.kernel.Problem.FieldError;
import dev.drover.template.Templates;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where marketers say when a left cart is reminded of, and with what. */
@Controller
@RequestMapping("/carts/sequences")
class SequencePages {

    /** @param takes which carts @param says when and by what */
    record Row(RecoverySequence sequence, String takes, List<String> says, String offer, String running) {}

    private final SequenceDesk desk;
    private final Templates templates;

    SequencePages(SequenceDesk desk, Templates templates) {
        this.desk = desk;
        this.templates = templates;
    }

    @GetMapping
    String list(Model model) {
        var running = desk.running();
        model.addAttribute("rows", desk.all().stream().map(sequence -> new Row(sequence, takes(sequence), sequence.steps().stream().map(SequencePages::says).toList(), offer(sequence),
                Shown.number(running.getOrDefault(sequence.key(), 0L)))).toList());
        return "cart/sequences";
    }

    @GetMapping("/new")
    String create(@RequestParam(required = false) @Nullable String from, Model model) {
        return form(model, from == null || from.isBlank() ? SequenceForm.NEW : SequenceForm.of(desk.require(from)).copy(), null, Map.of());
    }

    @PostMapping
    String save(@RequestParam MultiValueMap<String, String> typed, Model model, HttpServletResponse response, RedirectAttributes after) {
        return keep(null, SequenceForm.of(typed), model, response, after);
    }

    @GetMapping("/{key}")
    String edit(@PathVariable String key, Model model) {
        var sequence = desk.require(key);
        return form(model, SequenceForm.of(sequence), sequence, Map.of());
    }

    @PostMapping("/{key}")
    String change(@PathVariable String key, @RequestParam MultiValueMap<String, String> typed, Model model, HttpServletResponse response, RedirectAttributes after) {
        return keep(desk.require(key), SequenceForm.of(typed), model, response, after);
    }

    @PostMapping("/{key}/default")
    String makeDefault(@PathVariable String key, RedirectAttributes after) {
        desk.makeDefault(key);
        after.addFlashAttribute("done", "“%s” is the default now.".formatted(desk.require(key).name()));
        return "redirect:/carts/sequences";
    }

    @PostMapping("/{key}/delete")
    String delete(@PathVariable String key, RedirectAttributes after) {
        String name = desk.require(key).name();
        desk.delete(key);
        after.addFlashAttribute("done", "“%s” is deleted. Recoveries that run by it go on to their end.".formatted(name));
        return "redirect:/carts/sequences";
    }

    private String keep(@Nullable RecoverySequence before, SequenceForm form, Model model, HttpServletResponse response, RedirectAttributes after) {
        var errors = new ArrayList<FieldError>();
        var checks = new Checks();
        var input = form.input(templates, checks);
        errors.addAll(checks.errors());
        try {
            if (errors.isEmpty()) {
                var saved = before == null ? desk.create(input) : desk.change(input.withKey(before.key()));
                after.addFlashAttribute("done", "“%s” is saved. It holds for carts that are left from now on.".formatted(saved.name()));
                return "redirect:/carts/sequences";
            }
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.REJECTED && problem.kind() != Problem.Kind.CONFLICT) {
                throw problem;
            }
            errors.addAll(problem.errors().isEmpty() ? List.of(new FieldError(before == null ? "key" : "form", String.valueOf(problem.getMessage()))) : problem.errors());
        }
        response.setStatus(422);
        return form(model, form, before, errors.stream().collect(Collectors.toMap(FieldError::field, FieldError::message, (first, second) -> first)));
    }

    private String form(Model model, SequenceForm form, @Nullable RecoverySequence sequence, Map<String, String> errors) {
        long running = sequence == null ? 0 : desk.running().getOrDefault(sequence.key(), 0L);
        model.addAttribute("form", form).addAttribute("sequence", sequence).addAttribute("errors", errors).addAttribute("running", running)
                .addAttribute("runningWords", running == 1 ? "1 recovery runs" : Shown.number(running) + " recoveries run")
                .addAttribute("title", sequence == null ? "New sequence" : sequence.name())
                .addAttribute("channels", Map.of("email", "E-mail", "sms", "Text message", "push", "Push message"))
                .addAttribute("templates", templates.all().stream().filter(Templates.Template::active)
                        .collect(Collectors.groupingBy(template -> template.channel().key(), java.util.TreeMap::new, Collectors.toList())));
        return "cart/sequence";
    }

    private static String takes(RecoverySequence sequence) {
        var words = sequence.leastValue() == null ? "any cart" : "carts worth %s and more".formatted(sequence.leastValue().stripTrailingZeros().toPlainString());
        return sequence.excludeSubscriptions() ? words + ", without subscriptions" : words;
    }

    private static String says(RecoverySequence.Step step) {
        return "%s: %s, %s%s".formatted(delay(step.delayMinutes()), step.channel(), step.template(), step.discounted() ? ", with a discount" : "");
    }

    private static String delay(int minutes) {
        return minutes % 1440 == 0 ? minutes / 1440 + " d" : minutes % 60 == 0 ? minutes / 60 + " h" : minutes + " min";
    }

    private static String offer(RecoverySequence sequence) {
        var offer = sequence.discount();
        return offer == null ? "none" : offer.value().stripTrailingZeros().toPlainString() + (offer.kind().equals("percentage") ? " %" : " off") + ", good for " + offer.days() + " days";
    }
}
