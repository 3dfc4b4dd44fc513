package dev.drover.segment;

import dev.drover.audience.Customers;
import dev.drover.audience.Shown;
import dev.drover.facts.Whom;
import dev.drover.ruleset.Rulesets;
import dev.drover.ruleset.language.Trial;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** A customer's segments, and why in or out of each: a part of the customer's page. */
@Controller
class WhyPages {

    /**
     * @param reason as it was when the customer entered
     * @param rules  what holds now and what doesn't; none of a static segment
     * @param since  {@code null}: out
     */
    record Line(Segment segment, boolean in, String reason, Shown.@Nullable Time since, List<Trial.Told> rules) {

        /** What is decided within seconds and isn't yet, or a rule that Drools sees otherwise. */
        public boolean pending() {
            return !rules.isEmpty() && in != rules.stream().anyMatch(Trial.Told::holds);
        }
    }

    private final Rulesets rulesets;
    private final CustomerFacts facts;
    private final Segments segments;
    private final SegmentCatalogue catalogue;
    private final Customers customers;

    WhyPages(Rulesets rulesets, CustomerFacts facts, Segments segments, SegmentCatalogue catalogue, Customers customers) {
        this.rulesets = rulesets;
        this.facts = facts;
        this.segments = segments;
        this.catalogue = catalogue;
        this.customers = customers;
    }

    @GetMapping("/customers/{externalId}/segments")
    String why(@PathVariable String externalId, Model model) {
        long id = customers.require(externalId).id();
        var trial = rulesets.trial();
        var fact = facts.of(Whom.these(List.of(id)), trial.needs()).getFirst();
        Map<String, List<Trial.Told>> told = trial.whyNow(fact).stream()
                .collect(Collectors.groupingBy(Trial.Told::segment));
        Map<String, Segments.Stay> stays = segments.of(id).stream().collect(Collectors.toMap(Segments.Stay::key, Function.identity()));
        var lines = catalogue.active().stream().map(segment -> line(segment, stays.get(segment.key()), told.getOrDefault(segment.key(), List.of())))
                .sorted(Comparator.comparing((Line line) -> !line.in()).thenComparing(line -> line.segment().name())).toList();
        model.addAttribute("lines", lines).addAttribute("in", lines.stream().filter(Line::in).count());
        return "segment/why :: why";
    }

    private static Line line(Segment segment, Segments.@Nullable Stay stay, List<Trial.Told> rules) {
        return new Line(segment, stay != null, stay == null ? "" : stay.reason(), stay == null ? null : Shown.time(stay.since()), rules);
    }
}
