package dev.drover.consent;

import dev.drover.audience.Shown;
import dev.drover.kernel.Channel;
import dev.drover.kernel.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The list of addresses nothing is sent to, for people. */
@Controller
@RequestMapping("/suppressions")
class SuppressionPages {

    private static final int ROWS = 50;

    record Row(Suppressions.Suppression one, Shown.@Nullable Time since) {}

    /** One reason and how many addresses it holds back. */
    record Counted(String reason, String number) {}

    private final Suppressions suppressions;
    private final SuppressionList list;

    SuppressionPages(Suppressions suppressions, SuppressionList list) {
        this.suppressions = suppressions;
        this.list = list;
    }

    @GetMapping
    String list(@RequestParam @Nullable String search, @RequestParam @Nullable String channel, @RequestParam @Nullable String reason, @RequestParam @Nullable String after,
            Model model) {
        return page(search, channel, reason, after, model);
    }

    @PostMapping
    String add(@RequestParam String channel, @RequestParam String address, @RequestParam(defaultValue = "") String note, HttpServletResponse response, Model model,
            RedirectAttributes next) {
        try {
            boolean fresh = list.add(channel, address, "manual", note);
            next.addFlashAttribute("said", fresh ? "Added. Nothing goes there any more." : "It was on the list already.");
            return "redirect:/suppressions";
        } catch (Problem problem) {
            return again(problem, Map.of("address", address, "note", note, "channel", channel), response, model);
        }
    }

    @PostMapping("/remove")
    String remove(@RequestParam String channel, @RequestParam String address, RedirectAttributes next) {
        list.remove(Channel.of(channel), address);
        next.addFlashAttribute("said", "Taken off the list. Messages go there again, as far as rules let them.");
        return "redirect:/suppressions";
    }

    @PostMapping("/import")
    String importCsv(@RequestParam MultipartFile file, HttpServletResponse response, Model model) throws IOException {
        try (InputStream content = file.getInputStream()) {
            model.addAttribute("imported", list.importCsv(content));
            return page(null, null, null, null, model);
        } catch (Problem problem) {
            return again(problem, Map.of(), response, model);
        }
    }

    @GetMapping("/export")
    void export(@RequestParam @Nullable String search, @RequestParam @Nullable String channel, @RequestParam @Nullable String reason, HttpServletResponse response)
            throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"suppressions.csv\"");
        response.setHeader("Cache-Control", "no-store");
        list.write(search, channel, reason, response.getWriter());
    }

    /** A mistake is shown beside its field, and nothing is lost. */
    private String again(Problem problem, Map<String, String> typed, HttpServletResponse response, Model model) {
        if (problem.kind() != Problem.Kind.REJECTED) {
            throw problem;
        }
        response.setStatus(422);
        model.addAttribute("mistakes", problem.errors().stream().collect(Collectors.toMap(Problem.FieldError::field, Problem.FieldError::message, (one, two) -> one)));
        model.addAttribute("typed", typed);
        return page(null, null, null, null, model);
    }

    private String page(@Nullable String search, @Nullable String channel, @Nullable String reason, @Nullable String after, Model model) {
        var page = suppressions.list(search, channel, reason, after, ROWS);
        model.addAttribute("rows", page.items().stream().map(one -> new Row(one, Shown.time(one.since()))).toList()).addAttribute("next", page.next())
                .addAttribute("first", after == null).addAttribute("search", search == null ? "" : search).addAttribute("channel", channel == null ? "" : channel)
                .addAttribute("reason", reason == null ? "" : reason).addAttribute("channels", Channel.values())
                .addAttribute("reasons", suppressions.reasons().entrySet().stream().map(each -> new Counted(each.getKey(), Shown.number(each.getValue()))).toList())
                .addAttribute("filtered", search != null && !search.isBlank() || channel != null && !channel.isBlank() || reason != null && !reason.isBlank());
        if (!model.containsAttribute("mistakes")) {
            model.addAttribute("mistakes", Map.of()).addAttribute("typed", Map.of());
        }
        return "consent/suppressions";
    }
}
