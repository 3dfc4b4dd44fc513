package dev.drover.segment.builder;

import dev.drover.segment.builder.Criteria.Condition;
import dev.drover.segment.builder.Criteria.Group;
import dev.drover.segment.builder.Criteria.Logic;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Criteria and fields as the page's form shows them: an attribute's kind, which JSON leaves to its value, is told. */
public final class FormView {

    private FormView() {}

    public static Map<String, Object> of(Criteria criteria) {
        return part(criteria instanceof Group ? criteria : new Group(Logic.AND, List.of(criteria)));
    }

    private static Map<String, Object> part(Criteria criteria) {
        var view = new LinkedHashMap<String, Object>();
        switch (criteria) {
            case Group group -> {
                view.put("logic", group.logic().name());
                view.put("conditions", group.parts().stream().map(FormView::part).toList());
            }
            case Condition condition -> {
                view.put("kind", condition.field().kind().name());
                view.put("argument", condition.field().argument());
                view.put("days", condition.field().days());
                view.put("operator", condition.relation().name().toLowerCase(java.util.Locale.ROOT));
                view.put("values", condition.values().stream().map(value -> value instanceof Boolean ? value : value instanceof java.math.BigDecimal number ? number.toPlainString() : value.toString()).toList());
            }
        }
        return view;
    }

    /** All fields in the order they are offered. */
    public static List<Map<String, Object>> fields() {
        return Arrays.stream(Kind.values()).map(kind -> {
            var field = new LinkedHashMap<String, Object>();
            field.put("kind", kind.name());
            field.put("key", kind.key);
            field.put("group", kind.group);
            field.put("label", kind.label);
            field.put("type", kind.type.name());
            field.put("takes", kind.takes.name());
            field.put("onDay", kind.since != null);
            field.put("ago", !kind.fact.isEmpty());
            return (Map<String, Object>) field;
        }).toList();
    }
}
