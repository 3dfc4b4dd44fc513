package dev.drover.segment.builder;

import dev.drover.kernel.Checks;
import dev.drover.ruleset.language.Condition;
import dev.drover.ruleset.language.Literal;
import dev.drover.ruleset.language.Path;
import dev.drover.ruleset.language.Rule;
import dev.drover.ruleset.language.Script;
import dev.drover.ruleset.language.Value;
import dev.drover.segment.builder.Criteria.Logic;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a segment's rule back into criteria. What a rule says must be, word for word, what the writer would have said: for each stretch of it,
 * those conditions are tried that are about the same facts and values. So nothing is known here a second time, and nothing half understood.
 */
public final class RuleReader {

    /** One condition says at most this many constraints: a guard and two bounds. */
    private static final int LONGEST = 3;

    private final Map<Clause, Mentioned> mentioned = new HashMap<>();
    private final CriteriaReader.Known known;

    private RuleReader(Set<String> segments) {
        this.known = new CriteriaReader.Known(segments, "");
    }

    /** @return empty: the file holds something that criteria can't say, and is for the editor */
    public static Optional<Criteria> read(String key, String source) {
        var script = Script.read("segments", source);
        if (!script.understood() || script.rules().size() != 1) {
            return Optional.empty();
        }
        Rule rule = script.rules().getFirst();
        boolean plain = rule.salience() == 0 && !rule.noLoop() && rule.says().size() == 1 && rule.says().getFirst().key().equals(key);
        if (!plain || rule.when().parts().isEmpty()) {
            return Optional.empty();
        }
        var reader = new RuleReader(rule.asks());
        return reader.criteria(Logic.AND, reader.clause(rule.when()).within(Logic.AND)).filter(reader::isReadAsItself);
    }

    private Optional<Criteria> criteria(Logic logic, List<Clause> clauses) {
        var parts = new ArrayList<Criteria>();
        for (int at = 0; at < clauses.size(); ) {
            int length = Math.min(LONGEST, clauses.size() - at);
            var found = condition(logic, clauses.subList(at, at + length));
            while (found.isEmpty() && length > 1) {
                found = condition(logic, clauses.subList(at, at + --length));
            }
            if (found.isEmpty() && clauses.get(at) instanceof Clause.Group inner) {
                found = criteria(inner.logic(), inner.parts());
            }
            if (found.isEmpty()) {
                return Optional.empty();
            }
            parts.add(found.get());
            at += length;
        }
        return Optional.of(Criteria.group(logic, parts));
    }

    private Optional<Criteria> condition(Logic logic, List<Clause> clauses) {
        Clause whole = Clause.group(logic, clauses);
        var about = new Mentioned();
        collect(whole, about);
        return about.candidates().filter(candidate -> Clauses.of(candidate).equals(whole)).map(Criteria.class::cast).filter(this::isReadAsItself).findFirst();
    }

    private void collect(Clause clause, Mentioned about) {
        switch (clause) {
            case Clause.Atom atom -> about.add(Objects.requireNonNull(mentioned.get(atom)));
            case Clause.Group group -> group.parts().forEach(part -> collect(part, about));
        }
    }

    /** What criteria of its own can't be sent is none: a score of 7, a window of a hundred years. */
    private boolean isReadAsItself(Criteria criteria) {
        var checks = new Checks();
        return CriteriaReader.read(criteria.toJson(), "criteria", checks, known).filter(criteria::equals).isPresent();
    }

    private Clause clause(Condition condition) {
        return switch (condition) {
            case Condition.And and -> Clause.all(and.parts().stream().map(this::clause).toList());
            case Condition.Or or -> Clause.any(or.parts().stream().map(this::clause).toList());
            case Condition.Not not -> not.part() instanceof Condition.Holds holds ? atom("!" + text(holds.path()), holds.path(), List.of()) : foreign(not.text());
            case Condition.Holds holds -> atom(text(holds.path()), holds.path(), List.of());
            case Condition.Comparison compared -> compared.right().stream().allMatch(Literal.class::isInstance)
                    ? atom(text(compared.left()) + " " + compared.operator().sign() + " " + right(compared), compared.left(), compared.right()) : foreign(compared.text());
        };
    }

    private Clause atom(String text, Path path, List<Value> values) {
        var atom = new Clause.Atom(text);
        var about = mentioned.computeIfAbsent(atom, none -> new Mentioned());
        about.add(path);
        about.add(values.stream().map(value -> ((Literal) value).value()).filter(Objects::nonNull).toList());
        return atom;
    }

    private Clause foreign(String text) {
        var atom = new Clause.Atom(text);
        mentioned.putIfAbsent(atom, new Mentioned());
        return atom;
    }

    private static String text(Path path) {
        return path.arguments().isEmpty() ? path.term().name() : path.term().name() + path.arguments().stream().map(RuleReader::text).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String right(Condition.Comparison compared) {
        String values = compared.right().stream().map(value -> text((Literal) value)).collect(Collectors.joining(", "));
        return compared.operator().takesMany() ? "(" + values + ")" : values;
    }

    /** The same number is written the same way, whatever its zeros. */
    private static String text(Literal literal) {
        return switch (literal.value()) {
            case BigDecimal number -> Objects.requireNonNull(ConditionReader.decimal(number)).toPlainString();
            case String text -> Texts.quoted(text);
            case null -> "null";
            default -> String.valueOf(literal.value());
        };
    }
}
