package dev.drover.delivery.throughput;

import dev.drover.audience.Shown;
import dev.drover.kernel.Checks;
import dev.drover.kernel.Problem.FieldError;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How the providers stand and how much they may send; for whoever looks after what leaves. */
@Controller
@RequestMapping("/providers")
class ProviderPages {

    /** @param until and since: as pages show them */
    record Card(ProviderView provider, String health, Shown.@Nullable Time until, Shown.@Nullable Time since) {}

    private static final Map<String, String> HEALTH = Map.of("healthy", "Healthy", "paused", "Paused", "off", "Switched off", "left-alone", "Left alone", "trying", "Trying again",
            "used-up", "Used up for today", "unused", "Not needed", "not-configured", "Not configured");

    private final ProviderViews views;
    private final Controls controls;

    ProviderPages(ProviderViews views, Controls controls) {
        this.views = views;
        this.controls = controls;
    }

    @GetMapping
    String list(Model model) {
        var cards = views.all().stream().map(ProviderPages::card).toList();
        var pause = controls.snapshot().pause();
        model.addAttribute("cards", cards.stream().filter(card -> card.provider().configured()).toList());
        model.addAttribute("others", cards.stream().filter(card -> !card.provider().configured()).toList());
        model.addAttribute("paused", pause != null);
        return "delivery/providers";
    }

    /** What of a provider changes by itself, for the page to ask again. */
    @GetMapping("/{name}/figures")
    String figures(@PathVariable String name, Model model) {
        model.addAttribute("card", card(views.one(name)));
        return "delivery/providers :: figures";
    }

    @GetMapping("/{name}")
    String one(@PathVariable String name, Model model) {
        views.line(name);
        return form(name, ProviderForm.of(controls.snapshot().of(name).settings()), Map.of(), model);
    }

    @PostMapping("/{name}")
    String save(@PathVariable String name, @RequestParam MultiValueMap<String, String> typed, Model model, HttpServletResponse response, RedirectAttributes after) {
        var line = views.line(name);
        var form = ProviderForm.of(typed);
        var checks = new Checks();
        var settings = form.wanted(checks).checked(line, checks);
        if (settings == null) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            return form(name, form, checks.errors().stream().collect(Collectors.toMap(FieldError::field, FieldError::message, (first, second) -> first)), model);
        }
        controls.save(name, settings);
        after.addFlashAttribute("done", KnownProvider.label(name) + ": the settings are in force.");
        return "redirect:/providers";
    }

    @PostMapping("/{name}/pause")
    String pause(@PathVariable String name, RedirectAttributes after) {
        controls.pause(views.line(name).name());
        after.addFlashAttribute("done", KnownProvider.label(name) + " is paused. What is in its hands already, it keeps.");
        return "redirect:/providers";
    }

    @PostMapping("/{name}/resume")
    String resume(@PathVariable String name, RedirectAttributes after) {
        controls.resume(views.line(name).name());
        after.addFlashAttribute("done", KnownProvider.label(name) + " sends again.");
        return "redirect:/providers";
    }

    @PostMapping("/{name}/try")
    String tryNow(@PathVariable String name, RedirectAttributes after) {
        controls.tryNow(views.line(name).name());
        after.addFlashAttribute("done", "A few messages try " + KnownProvider.label(name) + " now. If they are taken, the others follow.");
        return "redirect:/providers";
    }

    @PostMapping("/pause")
    String pauseAll() {
        controls.pauseAll();
        return "redirect:/providers";
    }

    @PostMapping("/resume")
    String resumeAll(RedirectAttributes after) {
        controls.resumeAll();
        after.addFlashAttribute("done", "Messages leave again, from where they stopped.");
        return "redirect:/providers";
    }

    private String form(String name, ProviderForm form, Map<String, String> errors, Model model) {
        model.addAttribute("card", card(views.one(name))).addAttribute("form", form).addAttribute("errors", errors);
        return "delivery/provider";
    }

    private static Card card(ProviderView view) {
        return new Card(view, HEALTH.getOrDefault(view.health(), view.health()), Shown.time(view.until()), Shown.time(view.pausedAt()));
    }
}
