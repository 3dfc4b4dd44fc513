package dev.drover.segment;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.facts.Facts;
import dev.drover.facts.Whom;
import dev.drover.kernel.Json;
import dev.drover.kernel.Problem;
import dev.drover.ruleset.RuleDraft;
import dev.drover.ruleset.Rulesets;
import dev.drover.ruleset.RulesRefused;
import dev.drover.ruleset.fact.Data;
import dev.drover.segment.Decisions.Decision;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The part of the editor's page that asks a draft of content what it would decide upon one customer, with what a journey's step would give it. */
@Controller
@RequestMapping("/rules")
class ContentTrialPages {

    private static final int MOST_DATA = 20_000;

    private final Rulesets rulesets;
    private final Decisions decisions;
    private final Facts facts;
    private final Segments segments;
    private final Customers customers;

    ContentTrialPages(Rulesets rulesets, Decisions decisions, Facts facts, Segments segments, Customers customers) {
        this.rulesets = rulesets;
        this.decisions = decisions;
        this.facts = facts;
        this.segments = segments;
        this.customers = customers;
    }

    /** @param data a JSON object as the step would give it; blank: none */
    @PostMapping("/try-content")
    String tryOn(@RequestParam String path, @RequestParam String source, @RequestParam String customer, @RequestParam(defaultValue = "") String data, Model model) {
        var person = customers.byIdOrAddress(customer.strip()).orElse(null);
        if (person == null) {
            return trouble(customer.isBlank() ? "Whom shall it be tried on? Give an id or an e-mail address." : "There is no customer '%s'.".formatted(customer), model);
        }
        var given = given(data);
        if (given == null) {
            return trouble("What the step gives isn’t a JSON object, such as {\"cartTotal\": 60}.", model);
        }
        try {
            return show(rulesets.compileDraft(path, source), person, given, model);
        } catch (RulesRefused refused) {
            return trouble("It has mistakes: mend these first.", model);
        } catch (Problem problem) {
            return trouble(String.valueOf(problem.getMessage()), model);
        }
    }

    private String show(RuleDraft draft, Customer person, Map<String, Object> data, Model model) {
        var memberOf = segments.of(person.id()).stream().map(Segments.Stay::key).collect(Collectors.toSet());
        var fact = facts.of(Whom.these(List.of(person.id())), draft.needs(), Map.of(person.id(), memberOf)).stream().findFirst().orElseThrow(() -> Problem.notFound("The customer is gone."));
        List<Object> known = List.of(fact, new Data(data));
        String file = Decisions.name(draft.path());
        model.addAttribute("customer", person).addAttribute("then", Decisions.of(draft.decide(known), file))
                .addAttribute("now", decisions.known().contains(file) ? decisions.decide(file, person.id(), data) : new Decision(null, null, List.of())).addAttribute("told", draft.explain(known));
        return "segment/content :: tried";
    }

    private static String trouble(String words, Model model) {
        model.addAttribute("trouble", words);
        return "segment/content :: tried";
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Map<String, Object> given(String typed) {
        if (typed.isBlank()) {
            return Map.of();
        }
        try {
            return typed.length() > MOST_DATA || !typed.strip().startsWith("{") ? null : Json.read(typed.strip(), Map.class);
        } catch (Problem noJson) {
            return null;
        }
    }
}
