package dev.drover.segment.builder;

import dev.drover.segment.builder.Criteria.Logic;
import java.util.List;
import java.util.stream.Collectors;

/** What a rule says, in the words of rules and with all needless parentheses gone. Two rules that are written differently and say the same word for word have equal clauses. */
sealed interface Clause {

    record Atom(String text) implements Clause {}

    record Group(Logic logic, List<Clause> parts) implements Clause {}

    static Clause atom(String text, Object... values) {
        return new Atom(text.formatted(values));
    }

    static Clause all(List<Clause> parts) {
        return group(Logic.AND, parts);
    }

    static Clause any(List<Clause> parts) {
        return group(Logic.OR, parts);
    }

    static Clause group(Logic logic, List<Clause> parts) {
        var flat = parts.stream().flatMap(part -> part.within(logic).stream()).toList();
        return flat.size() == 1 ? flat.getFirst() : new Group(logic, flat);
    }

    /** What it brings into a group. */
    default List<Clause> within(Logic logic) {
        return this instanceof Group group && group.logic() == logic ? group.parts() : List.of(this);
    }

    /** As one constraint of a pattern; groups inside it in parentheses. */
    default String text() {
        return switch (this) {
            case Atom atom -> atom.text();
            case Group group -> group.parts().stream().map(part -> part instanceof Group ? "(" + part.text() + ")" : part.text())
                    .collect(Collectors.joining(group.logic() == Logic.AND ? " && " : " || "));
        };
    }
}
