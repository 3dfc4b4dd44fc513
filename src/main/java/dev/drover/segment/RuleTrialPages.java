package dev.drover.segment;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.audience.Shown;
import dev.drover.facts.AttributeTypes;
import dev.drover.facts.Whom;
import dev.drover.ruleset.RulesRefused;
import dev.drover.ruleset.Rulesets;
import dev.drover.ruleset.language.Trial;
import java.security.Principal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Parts of the editor's page that need customers: a draft tried on one of them, and on everybody. */
@Controller
@RequestMapping("/rules")
class RuleTrialPages {

    private static final int SUGGESTED = 8;

    /** One segment of the draft for one customer. @param was whether the rules in force put the customer in */
    record Tried(String segment, boolean in, boolean was, List<Trial.Told> rules) {}

    record Person(String externalId, String name, String segment, String why) {}

    record Count(String segment, String before, String after, String entering, String leaving) {}

    private final Rulesets rulesets;
    private final CustomerFacts facts;
    private final Customers customers;
    private final ImpactJobs jobs;
    private final AttributeTypes attributes;

    RuleTrialPages(Rulesets rulesets, CustomerFacts facts, Customers customers, ImpactJobs jobs, AttributeTypes attributes) {
        this.rulesets = rulesets;
        this.facts = facts;
        this.customers = customers;
        this.jobs = jobs;
        this.attributes = attributes;
    }

    @GetMapping("/people")
    String people(@RequestParam String customer, Model model) {
        var found = customer.isBlank() ? List.<Customer>of() : customers.list(customer, null, SUGGESTED).items();
        model.addAttribute("people", found.stream().map(one -> new Person(one.externalId(), one.shownName(), "", "")).toList());
        return "segment/try :: people";
    }

    @GetMapping("/attributes")
    String attributes(Model model) {
        model.addAttribute("attributes", attributes.all());
        return "segment/try :: attributes";
    }

    @PostMapping("/try")
    String tryOn(@RequestParam String path, @RequestParam String source, @RequestParam String customer, Model model) {
        var person = customers.byIdOrAddress(customer.strip()).orElse(null);
        if (person == null) {
            model.addAttribute("trouble", customer.isBlank() ? "Whom shall it be tried on? Give an id or an e-mail address." : "There is no customer '%s'.".formatted(customer));
            return "segment/try :: tried";
        }
        try {
            var trial = rulesets.trial(path, source);
            var fact = facts.of(Whom.these(List.of(person.id())), trial.needs()).getFirst();
            var was = trial.now(fact);
            var told = trial.whyThen(fact);
            model.addAttribute("person", new Person(person.externalId(), person.shownName(), "", ""))
                    .addAttribute("tried", trial.ownSegments().stream().map(segment -> tried(segment, told, was)).toList());
        } catch (RulesRefused refused) {
            model.addAttribute("trouble", "It has mistakes: mend these first.");
        }
        return "segment/try :: tried";
    }

    private static Tried tried(String segment, List<Trial.Told> told, Collection<String> was) {
        var rules = told.stream().filter(one -> one.segment().equals(segment)).toList();
        return new Tried(segment, rules.stream().anyMatch(Trial.Told::holds), was.contains(segment), rules);
    }

    @PostMapping("/impact")
    String impact(@RequestParam String path, @RequestParam String source, Principal who, Model model) {
        try {
            return impact(jobs.start(who.getName(), rulesets.trial(path, source)), model);
        } catch (RulesRefused refused) {
            model.addAttribute("trouble", "It has mistakes: mend these first.");
            return "segment/impact :: impact";
        }
    }

    @GetMapping("/impact/{id}")
    String impact(@PathVariable String id, Principal who, Model model) {
        return impact(jobs.require(who.getName(), id), model);
    }

    @PostMapping("/impact/{id}/cancel")
    String cancel(@PathVariable String id, Principal who, Model model) {
        jobs.cancel(who.getName(), id);
        return impact(id, who, model);
    }

    private String impact(ImpactJobs.Job job, Model model) {
        var figures = job.impact().figures();
        var ids = Stream.concat(figures.entering().stream(), figures.leaving().stream()).map(Impact.Touched::customerId).distinct().toList();
        Map<Long, Customer> known = customers.byIds(ids).stream().collect(Collectors.toMap(Customer::id, Function.identity()));
        model.addAttribute("job", job).addAttribute("figures", figures).addAttribute("failure", job.impact().failure()).addAttribute("tried", Shown.number(figures.tried()))
                .addAttribute("all", Shown.number(figures.all())).addAttribute("counts", figures.counts().stream().map(one -> new Count(one.segment(),
                        Shown.number(one.before()), Shown.number(one.after()), Shown.number(one.entering()), Shown.number(one.leaving()))).toList())
                .addAttribute("entering", people(figures.entering(), known)).addAttribute("leaving", people(figures.leaving(), known))
                .addAttribute("everybody", figures.counts().stream().filter(one -> figures.state() == Impact.State.DONE && one.after() == figures.tried() && one.after() > 0)
                        .map(Impact.Count::segment).toList());
        return "segment/impact :: impact";
    }

    private static List<Person> people(List<Impact.Touched> touched, Map<Long, Customer> known) {
        return touched.stream().filter(one -> known.containsKey(one.customerId())).map(one -> {
            var customer = known.get(one.customerId());
            return new Person(customer.externalId(), customer.shownName(), one.segment(), one.why());
        }).toList();
    }
}
