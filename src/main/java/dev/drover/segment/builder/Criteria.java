package dev.drover.segment.builder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of a customer, checked and in normal form: groups hold at least two parts, none of them a group of the same logic, and what
 * can be said in two ways ({@code gte -30d}, {@code within_last 30}) is said in one.
 */
public sealed interface Criteria {

    enum Logic { AND, OR }

    /** As in JSON, read again as the same. The outermost is always a group, as callers expect one. */
    default Map<String, Object> toJson() {
        return this instanceof Group group ? group.json() : new Group(Logic.AND, List.of(this)).json();
    }

    void conditions(Consumer<Condition> each);

    record Group(Logic logic, List<Criteria> parts) implements Criteria {

        private Map<String, Object> json() {
            var json = new LinkedHashMap<String, Object>();
            json.put("logic", logic.name());
            json.put("conditions", parts.stream().map(part -> part instanceof Condition condition ? condition.json() : ((Group) part).json()).toList());
            return json;
        }

        @Override
        public void conditions(Consumer<Condition> each) {
            parts.forEach(part -> part.conditions(each));
        }
    }

    /** @param values one; two of {@code between}; one or more of {@code in}; none of {@code known} and {@code unknown}. Numbers, texts, {@link Day}s and {@code true} or {@code false} */
    record Condition(Field field, Relation relation, List<Object> values) implements Criteria {

        Condition(Field field, Relation relation, Object value) {
            this(field, relation, List.of(value));
        }

        private Map<String, Object> json() {
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("field", field.name());
            json.put("operator", relation.jsonName());
            var shown = values.stream().map(value -> value instanceof Day ? value.toString() : value).toList();
            json.put("value", relation.takesList() ? shown : shown.isEmpty() ? null : shown.getFirst());
            return json;
        }

        @Override
        public void conditions(Consumer<Condition> each) {
            each.accept(this);
        }
    }

    /** Groups of the same logic become one, a group of one its only part. */
    static Criteria group(Logic logic, List<? extends Criteria> parts) {
        var flat = new ArrayList<Criteria>();
        for (Criteria part : parts) {
            if (part instanceof Group inner && inner.logic() == logic) {
                flat.addAll(inner.parts());
            } else {
                flat.add(part);
            }
        }
        return flat.size() == 1 ? flat.getFirst() : new Group(logic, List.copyOf(flat));
    }
}
