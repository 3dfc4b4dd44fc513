package dev.drover.journey;

import dev.drover.ruleset.Rulesets;
import dev.drover.ruleset.language.Condition.Comparison;
import dev.drover.ruleset.language.Literal;
import dev.drover.ruleset.language.Operator;
import dev.drover.ruleset.language.Path;
import dev.drover.ruleset.language.Rule;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** How much a customer gets at most, read from the rules that hold messages back. Those for customers with a wish of their own are left out. */
@Component
class Caps {

    /** @param category {@code any}: whichever @param channel {@code any}: whichever @param most within so many days */
    record Cap(String category, String channel, int days, int most) {}

    private static final Set<String> COUNTS = Set.of("likeThisWithin", "marketingWithin", "marketingInLast7Days");

    private final Rulesets rulesets;

    Caps(Rulesets rulesets) {
        this.rulesets = rulesets;
    }

    List<Cap> now() {
        return rulesets.understood("eligibility").values().stream().flatMap(List::stream).flatMap(rule -> of(rule).stream()).distinct().toList();
    }

    private static Optional<Cap> of(Rule rule) {
        var conditions = rule.patterns().stream().filter(pattern -> pattern.fact().equals("Recipient")).flatMap(pattern -> pattern.when().parts().stream()).toList();
        var counting = conditions.stream().flatMap(condition -> condition instanceof Comparison comparison && counts(comparison) ? Stream.of(comparison) : Stream.empty()).toList();
        boolean forAll = conditions.stream().allMatch(condition -> condition instanceof Comparison comparison && (counts(comparison)
                || comparison.left().term().name().equals("frequency") && comparison.operator() == Operator.NOT_EQUAL));
        return forAll && counting.size() == 1 ? Optional.of(cap(counting.getFirst())) : Optional.empty();
    }

    private static boolean counts(Comparison comparison) {
        return COUNTS.contains(comparison.left().term().name()) && comparison.operator() == Operator.AT_LEAST && comparison.right().getFirst() instanceof Literal literal
                && literal.value() instanceof BigDecimal;
    }

    private static Cap cap(Comparison comparison) {
        Path counted = comparison.left();
        int most = ((BigDecimal) java.util.Objects.requireNonNull(((Literal) comparison.right().getFirst()).value())).intValue();
        return counted.arguments().isEmpty() ? new Cap("any", "any", 7, most) : new Cap(counted.text(0), counted.text(1), counted.whole(2), most);
    }
}
