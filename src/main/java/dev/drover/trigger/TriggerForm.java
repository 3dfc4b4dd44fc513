package dev.drover.trigger;

import dev.drover.segment.builder.Criteria.Logic;
import dev.drover.segment.builder.FormView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Conditions and fields as the page's form shows them: those of segments, and beside them what the event tells. */
final class TriggerForm {

    private static final String GROUP = "The event";

    private TriggerForm() {}

    /** What the event tells comes first, as that is what a trigger is about. */
    static List<Map<String, Object>> fields() {
        var fields = new ArrayList<Map<String, Object>>();
        fields.add(field("EVENT_TEXT", "Event’s … (text)", "TEXT"));
        fields.add(field("EVENT_NUMBER", "Event’s … (number)", "NUMBER"));
        fields.add(field("EVENT_FLAG", "Event’s … (yes or no)", "FLAG"));
        fields.addAll(FormView.fields());
        return fields;
    }

    private static Map<String, Object> field(String kind, String label, String type) {
        var field = new LinkedHashMap<String, Object>();
        field.put("kind", kind);
        field.put("key", "event");
        field.put("prefix", "event.");
        field.put("group", GROUP);
        field.put("label", label);
        field.put("type", type);
        field.put("takes", "NAME");
        field.put("onDay", false);
        field.put("ago", false);
        return field;
    }

    static Map<String, Object> of(TriggerCondition condition) {
        return condition instanceof TriggerCondition.Group ? part(condition) : part(new TriggerCondition.Group(Logic.AND, List.of(condition)));
    }

    private static Map<String, Object> part(TriggerCondition condition) {
        return switch (condition) {
            case TriggerCondition.Group group -> Map.of("logic", group.logic().name(), "conditions", group.parts().stream().map(TriggerForm::part).toList());
            case TriggerCondition.OfCustomer one -> first(FormView.of(one.criteria()));
            case TriggerCondition.OfEvent one -> event(one.condition());
        };
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> first(Map<String, Object> group) {
        return (Map<String, Object>) ((List<?>) group.get("conditions")).getFirst();
    }

    private static Map<String, Object> event(EventCondition condition) {
        Object sample = condition.values().isEmpty() ? "" : condition.values().getFirst();
        boolean number = sample instanceof Number || condition.how() != EventCondition.How.EQ && condition.how() != EventCondition.How.NEQ && condition.how() != EventCondition.How.IN
                && condition.how() != EventCondition.How.CONTAINS && !condition.how().takesNothing();
        var view = new LinkedHashMap<String, Object>();
        view.put("kind", sample instanceof Boolean ? "EVENT_FLAG" : number ? "EVENT_NUMBER" : "EVENT_TEXT");
        view.put("argument", condition.path());
        view.put("days", 0);
        view.put("operator", condition.how().name().toLowerCase(java.util.Locale.ROOT));
        view.put("values", condition.values().stream().map(value -> value instanceof Boolean ? value : value.toString()).toList());
        return view;
    }
}
