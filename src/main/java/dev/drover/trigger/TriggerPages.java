package dev.drover.trigger;

import dev.drover.audience.Shown;
import dev.drover.kernel.Json;
import dev.drover.kernel.Problem;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The triggers, and what came of each. */
@Controller
@RequestMapping("/triggers")
class TriggerPages {

    private static final int SHOWN = 50;
    private static final int MOST = 1_000;

    /** @param due of one that waits @param told what the event told, @param result what came of it, both to be read */
    record Row(Execution execution, Shown.@Nullable Time came, Shown.@Nullable Time done, Shown.@Nullable Time due, String told, String result) {}

    private final Triggers triggers;
    private final TriggerDefinitions definitions;
    private final Executions executions;
    private final ExecutionList log;
    private final Storms storms;
    private final ActiveTriggers active;

    TriggerPages(Triggers triggers, TriggerDefinitions definitions, Executions executions, ExecutionList log, Storms storms, ActiveTriggers active) {
        this.triggers = triggers;
        this.definitions = definitions;
        this.executions = executions;
        this.log = log;
        this.storms = storms;
        this.active = active;
    }

    @GetMapping
    String list(Model model) {
        var rows = triggers.list(null, MOST).stream().map(this::words).toList();
        model.addAttribute("rows", rows).addAttribute("held", rows.stream().filter(row -> row.trigger().storms() || row.held() > 0).toList());
        return "trigger/list";
    }

    @GetMapping("/{key}")
    String detail(@PathVariable String key, @RequestParam @Nullable String status, @RequestParam @Nullable String customer,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate since, @RequestParam @Nullable String after, Model model) {
        var trigger = triggers.require(key);
        var filter = new ExecutionList.Filter(blank(status), blank(customer), since == null ? null : since.atStartOfDay(ZoneOffset.UTC).toInstant());
        var page = log.of(trigger, filter, after, SHOWN);
        model.addAttribute("line", words(trigger)).addAttribute("conditions", active.conditions(trigger.definition()).map(TriggerCondition::words).orElse(null))
                .addAttribute("filter", filter).addAttribute("since", since == null ? "" : since.toString()).addAttribute("statuses", Execution.STATUSES)
                .addAttribute("filtered", filter.status() != null || filter.customer() != null || since != null).addAttribute("first", after == null)
                .addAttribute("rows", page.items().stream().map(TriggerPages::row).toList()).addAttribute("next", page.next())
                .addAttribute("days", log.lately(trigger));
        return "trigger/detail";
    }

    private TriggerWords words(Trigger trigger) {
        return TriggerWords.of(trigger, executions.held(trigger.id()));
    }

    private static Row row(Execution execution) {
        return new Row(execution, Shown.time(execution.createdAt()), Shown.time(execution.executedAt()), execution.status().equals("waiting") ? Shown.time(execution.dueAt()) : null,
                execution.event().isEmpty() ? "" : Json.pretty(execution.event()), execution.result().isEmpty() ? "" : Json.pretty(execution.result()));
    }

    @PostMapping("/{key}/switch")
    String switchTo(@PathVariable String key, @RequestParam boolean on, @RequestParam(defaultValue = "false") boolean detail) {
        definitions.switchTo(key, on);
        return detail ? "redirect:/triggers/" + key : "redirect:/triggers";
    }

    @PostMapping("/{key}/storm")
    String lift(@PathVariable String key, @RequestParam String held, RedirectAttributes after) {
        if (!List.of("fire", "drop").contains(held)) {
            throw Problem.invalid("held", "held says what becomes of what was held: fire or drop.");
        }
        int count = storms.lift(triggers.require(key), held.equals("fire"));
        active.refresh();
        after.addFlashAttribute("told", count == 0 ? "The storm is over." : held.equals("fire") ? "%s are on their way.".formatted(Shown.number(count)) : "%s were dropped.".formatted(Shown.number(count)));
        return "redirect:/triggers/" + key;
    }

    @PostMapping("/{key}/secret")
    String secret(@PathVariable String key, RedirectAttributes after) {
        after.addFlashAttribute("secret", definitions.newSecret(key));
        return "redirect:/triggers/" + key;
    }

    @PostMapping("/{key}/delete")
    String delete(@PathVariable String key) {
        definitions.delete(key);
        return "redirect:/triggers";
    }

    private static @Nullable String blank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
