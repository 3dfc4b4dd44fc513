package dev.drover.segment;

import dev.drover.audience.Shown;
import dev.drover.facts.AttributeTypes;
import dev.drover.ruleset.RuleProblem;
import dev.drover.ruleset.language.Doubts;
import dev.drover.ruleset.language.Rule;
import dev.drover.segment.builder.Criteria;
import dev.drover.segment.builder.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What is allowed and hardly meant: conditions that contradict each other, that everybody meets, attributes of mixed types. */
@Component
class SegmentWarnings {

    private final AttributeTypes attributes;

    SegmentWarnings(AttributeTypes attributes) {
        this.attributes = attributes;
    }

    List<String> of(Criteria criteria, List<Rule> rules) {
        var warnings = new ArrayList<>(Doubts.of(rules).stream().map(RuleProblem::message).toList());
        Map<String, Kind> asked = new LinkedHashMap<>();
        criteria.conditions(condition -> {
            if (condition.field().kind().name().startsWith("ATTRIBUTE")) {
                asked.put(condition.field().argument(), condition.field().kind());
            }
        });
        if (!asked.isEmpty()) {
            var known = attributes.all().stream().collect(Collectors.toMap(AttributeTypes.Attribute::name, Function.identity()));
            asked.forEach((name, kind) -> {
                String warning = warning(name, kind, known.get(name));
                if (!warning.isEmpty()) {
                    warnings.add(warning);
                }
            });
        }
        return warnings;
    }

    private static String warning(String name, Kind kind, AttributeTypes.@org.jspecify.annotations.Nullable Attribute attribute) {
        if (attribute == null) {
            return "No customer looked at has an attribute '%s'.".formatted(name);
        }
        String wanted = switch (kind) {
            case ATTRIBUTE_NUMBER -> "number";
            case ATTRIBUTE_FLAG -> "flag";
            case ATTRIBUTE_DATE -> "date";
            default -> "text";
        };
        boolean there = attribute.types().containsKey(wanted) || wanted.equals("text") && attribute.types().containsKey("date");
        if (there && !attribute.mixed()) {
            return "";
        }
        String types = attribute.types().entrySet().stream().map(type -> "%s for %s".formatted(words(type.getKey()), Shown.number(type.getValue()))).collect(Collectors.joining(", "));
        return "The attribute '%s' is %s of the customers looked at; this condition sees it only where it is %s.".formatted(name, types, words(wanted));
    }

    private static String words(String type) {
        return switch (type) {
            case "flag" -> "true or false";
            case "null" -> "empty";
            default -> "a " + type;
        };
    }
}
