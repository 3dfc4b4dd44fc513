package dev.drover.campaign;

import dev.drover.kernel.Checks;
import dev.drover.ruleset.Needs;
import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.language.Explainer;
import dev.drover.ruleset.language.Needing;
import dev.drover.ruleset.language.Rule;
import dev.drover.ruleset.language.Script;
import dev.drover.segment.builder.Criteria;
import dev.drover.segment.builder.CriteriaReader;
import dev.drover.segment.builder.RuleWriter;
import dev.drover.segment.builder.Wording;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of a customer beside being in a campaign's segments or on its list: criteria as segments have them, read by our own reader and tried by
 * its tree, so that nothing somebody typed is ever compiled.
 */
record AudienceCondition(Criteria criteria, Rule rule) {

    private static final String FIELD = "conditions";

    /**
     * @param json     {@code {logic, conditions}}, one condition, or a list of which all must hold
     * @param segments keys that may be asked for
     * @return empty where there are none, or something is wrong, which the checks then hold with its place, such as {@code conditions.conditions[0].value}
     */
    static Optional<AudienceCondition> read(@Nullable Object json, Checks checks, Set<String> segments) {
        var group = group(json);
        return group == null ? Optional.empty() : CriteriaReader.read(group, FIELD, checks, new CriteriaReader.Known(segments, ""))
                .map(criteria -> new AudienceCondition(criteria, Script.read("segments", RuleWriter.write("audience", "Audience", "A condition", criteria)).rules().getFirst()));
    }

    /** One that was checked when it came in: segments that have gone since are told of elsewhere. */
    static Optional<AudienceCondition> known(@Nullable Object json) {
        var named = new HashSet<String>();
        texts(json, named);
        return read(json, new Checks(), named);
    }

    private static void texts(@Nullable Object json, Set<String> into) {
        switch (json) {
            case String text -> into.add(text);
            case Map<?, ?> map -> map.values().forEach(value -> texts(value, into));
            case List<?> list -> list.forEach(value -> texts(value, into));
            case null, default -> { }
        }
    }

    /** As it is kept; {@code null}: nothing is asked. */
    static @Nullable Object group(@Nullable Object json) {
        return switch (json) {
            case null -> null;
            case List<?> list -> list.isEmpty() ? null : Map.of("logic", "AND", FIELD, list);
            case Map<?, ?> map -> map.get(FIELD) instanceof List<?> list && list.isEmpty() && map.size() <= 2 ? null : map;
            default -> json;
        };
    }

    Needs needs() {
        return Needing.of(List.of(rule));
    }

    /** @param customer with all that {@link #needs} names */
    boolean holds(Customer customer) {
        return Explainer.holds(rule, customer);
    }

    /** One sentence without its full stop, such as "Number of orders is at least 5, and country is NL or BE". */
    String words() {
        return Wording.sentence(criteria);
    }
}
