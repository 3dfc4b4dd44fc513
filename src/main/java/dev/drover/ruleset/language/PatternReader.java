package dev.drover.ruleset.language;

import dev.drover.ruleset.RuleProblem;
import dev.drover.ruleset.language.Condition.And;
import dev.drover.ruleset.language.Condition.Comparison;
import dev.drover.ruleset.language.Condition.Holds;
import dev.drover.ruleset.language.Condition.Not;
import dev.drover.ruleset.language.Condition.Or;
import dev.drover.ruleset.language.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one fact with its conditions: {@code $c : Customer( orders.count > 3 || inSegment("vip"), $sum : orders.revenue )}. */
final class PatternReader {

    /** Of parentheses: deeper than anybody nests, and far from what would overflow anything. */
    private static final int DEEPEST = 40;

    /** Of and, or and not within each other: deeper nobody reads, and the compiler would take its time. */
    private static final int MOST_LEVELS = 8;

    private static final int MOST_VALUES = 100;
    private static final int LONGEST_PATH = 200;

    private final Vocabulary vocabulary;
    private final Words words;
    private final Map<String, Type> variables;
    private final Map<String, String> facts;
    private final List<RuleProblem> problems;
    private String fact = "";
    private int depth;

    /** @param variables told of each value that is kept @param facts of each fact that has a variable @param problems of what was understood but isn't there */
    PatternReader(Vocabulary vocabulary, Words words, Map<String, Type> variables, Map<String, String> facts, List<RuleProblem> problems) {
        this.vocabulary = vocabulary;
        this.words = words;
        this.variables = variables;
        this.facts = facts;
        this.problems = problems;
    }

    Rule.Pattern read() {
        Token first = words.next();
        String variable = "";
        if (first.kind() == Kind.VARIABLE) {
            variable = newVariable(words.take());
            words.expect(":", "between the variable and the fact");
        }
        Token name = words.next();
        if (name.kind() != Kind.WORD) {
            throw words.unexpected("a fact, such as %s( … )".formatted(vocabulary.facts().keySet().iterator().next()));
        }
        if (!vocabulary.facts().containsKey(name.text())) {
            throw Foreign.asFact(name, vocabulary);
        }
        fact = words.take().text();
        if (!variable.isEmpty()) {
            facts.put(variable, fact);
        }
        words.expect("(", "behind " + fact);
        Token open = words.last();
        var bindings = new ArrayList<Rule.Binding>();
        var parts = new ArrayList<Condition>();
        while (!words.next().is(")")) {
            if (words.next().kind() == Kind.VARIABLE && words.second().is(":")) {
                bindings.add(binding());
            } else {
                parts.add(or());
                if (levels(parts.getLast()) > MOST_LEVELS) {
                    throw new Refused(parts.getLast().place(), "This is nested more than %d levels deep: take parts of it into segments of their own.".formatted(MOST_LEVELS));
                }
            }
            if (!words.takeIf(",")) {
                break;
            }
            if (words.next().is(")")) {
                throw words.unexpected("a condition");
            }
        }
        if (!words.next().is(")")) {
            throw Foreign.inCondition(words);
        }
        var when = new And(open.place(), between(open, words.next()), List.copyOf(parts));
        words.take();
        return new Rule.Pattern(first.place(), variable, fact, List.copyOf(bindings), when);
    }

    private static int levels(Condition condition) {
        return switch (condition) {
            case And and -> 1 + and.parts().stream().mapToInt(part -> levels(part) - (part instanceof And ? 1 : 0)).max().orElse(0);
            case Or or -> 1 + or.parts().stream().mapToInt(part -> levels(part) - (part instanceof Or ? 1 : 0)).max().orElse(0);
            case Not not -> not.part() instanceof Holds ? 0 : 1 + levels(not.part());
            case Holds holds -> 0;
            case Comparison comparison -> 0;
        };
    }

    private String between(Token open, Token close) {
        String whole = words.written(open, close);
        return whole.substring(1, whole.length() - 1).strip();
    }

    private String newVariable(Token token) {
        if (variables.containsKey(token.text()) || facts.containsKey(token.text())) {
            throw new Refused(token.place(), "There is a %s in this rule already.".formatted(token.text()));
        }
        return token.text();
    }

    private Rule.Binding binding() {
        Token token = words.take();
        String variable = newVariable(token);
        words.take();
        Path path = path();
        variables.put(variable, path.term().type());
        if (!words.next().is(",") && !words.next().is(")")) {
            throw new Refused(words.next().place(), "A value is kept in a part of its own: %s : %s, and behind a comma the condition.".formatted(variable, path));
        }
        return new Rule.Binding(token.place(), variable, path);
    }

    private Condition or() {
        Token first = words.next();
        var parts = new ArrayList<>(List.of(and()));
        while (words.takeIf("||")) {
            parts.add(and());
        }
        return parts.size() == 1 ? parts.getFirst() : new Or(first.place(), words.written(first, words.last()), List.copyOf(parts));
    }

    private Condition and() {
        Token first = words.next();
        var parts = new ArrayList<>(List.of(single()));
        while (words.takeIf("&&")) {
            parts.add(single());
        }
        return parts.size() == 1 ? parts.getFirst() : new And(first.place(), words.written(first, words.last()), List.copyOf(parts));
    }

    private Condition single() {
        Token first = words.next();
        if (++depth > DEEPEST) {
            throw new Refused(first.place(), "Conditions are nested too deeply.");
        }
        Condition condition;
        if (words.takeIf("!")) {
            Condition part = single();
            condition = new Not(first.place(), words.written(first, words.last()), part);
        } else if (words.takeIf("(")) {
            condition = or();
            if (!words.takeIf(")")) {
                throw Foreign.inCondition(words);
            }
        } else {
            condition = leaf();
        }
        depth--;
        return condition;
    }

    private Condition leaf() {
        Token first = words.next();
        if (first.kind() != Kind.WORD || first.is("true") || first.is("false") || first.is("null")) {
            throw Foreign.inCondition(words);
        }
        Path left = path();
        Operator operator = operator();
        if (operator == null) {
            if (left.term().type() != Type.FLAG && !isEndOfLeaf()) {
                throw Foreign.inCondition(words);
            }
            if (left.term().type() != Type.FLAG) {
                tell(first.place(), "'%s' is %s: compare it, such as %s.".formatted(left, left.term().type().words(), left.term().example()));
            }
            return new Holds(first.place(), words.written(first, words.last()), left);
        }
        Token sign = words.last();
        var right = operator.takesMany() ? list() : List.of(value());
        var comparison = new Comparison(first.place(), words.written(first, words.last()), left, operator, right);
        check(comparison, sign);
        return comparison;
    }

    private boolean isEndOfLeaf() {
        Token next = words.next();
        return next.is(",") || next.is(")") || next.is("&&") || next.is("||");
    }

    /** @return {@code null}: none follows */
    private @Nullable Operator operator() {
        if (words.takeIf("not")) {
            if (!words.next().is("in") && !words.next().is("contains")) {
                throw words.unexpected("'in' or 'contains'");
            }
            return words.take().is("in") ? Operator.NOT_IN : Operator.NOT_CONTAINS;
        }
        Token token = words.next();
        for (Operator operator : Operator.values()) {
            if (words.takeIf(operator.sign())) {
                return operator;
            }
        }
        if (!token.is("str")) {
            return null;
        }
        words.take();
        words.expect("[", "behind 'str'");
        Token name = words.take(Kind.WORD, "startsWith or endsWith");
        if (!name.is("startsWith") && !name.is("endsWith")) {
            throw new Refused(name.place(), "There is str[startsWith] and str[endsWith], and no 'str[%s]'.".formatted(name.text()));
        }
        words.expect("]", "behind " + name.text());
        return name.is("startsWith") ? Operator.STARTS_WITH : Operator.ENDS_WITH;
    }

    private List<Value> list() {
        words.expect("(", "before the list of values");
        var values = new ArrayList<Value>();
        do {
            if (values.size() == MOST_VALUES) {
                throw new Refused(words.next().place(), "A list has at most %d values.".formatted(MOST_VALUES));
            }
            values.add(literal());
        } while (words.takeIf(","));
        words.expect(")", "behind the list of values");
        return List.copyOf(values);
    }

    private Value value() {
        Token token = words.next();
        boolean written = token.kind() != Kind.WORD || token.is("true") || token.is("false") || token.is("null");
        return written ? literal() : path();
    }

    private Literal literal() {
        return Literals.read(words);
    }

    private Path path() {
        Token first = words.next();
        if (first.kind() != Kind.WORD) {
            throw Foreign.inCondition(words);
        }
        Foreign.refuseAsPath(first);
        var name = new StringBuilder(words.take().text());
        Token second = first;
        while (words.takeIf(".")) {
            Token part = words.take(Kind.WORD, "the name of a part");
            second = second == first ? part : second;
            name.append('.').append(part.text());
            if (name.length() > LONGEST_PATH) {
                throw new Refused(first.place(), "There is nothing that far below %s.".formatted(fact));
            }
        }
        if (words.next().is("[") || words.next().is("#")) {
            throw Foreign.inCondition(words);
        }
        var arguments = new ArrayList<Literal>();
        boolean called = words.takeIf("(");
        if (called && !words.takeIf(")")) {
            do {
                arguments.add(literal());
            } while (words.takeIf(","));
            words.expect(")", "behind what %s takes".formatted(name));
        }
        var term = called && arguments.isEmpty() ? Optional.<Term>empty() : vocabulary.find(fact, name.toString(), arguments.size());
        if (term.isEmpty()) {
            tell(vocabulary.hasParts(fact, first.text()) ? second.place() : first.place(), vocabulary.missing(fact, name.toString()));
            return Path.unknown(first.place(), name.toString(), arguments);
        }
        for (int n = 0; n < arguments.size(); n++) {
            String complaint = term.get().arguments().get(n).complaint(arguments.get(n));
            if (complaint != null) {
                tell(arguments.get(n).place(), complaint);
                return Path.unknown(first.place(), name.toString(), arguments);
            }
        }
        return new Path(first.place(), term.get(), List.copyOf(arguments));
    }

    private void check(Comparison comparison, Token sign) {
        Term left = comparison.left().term();
        if (left.isUnknown()) {
            return;
        }
        if (!comparison.operator().suits(left.type())) {
            tell(sign.place(), left.type() == Type.MOMENT ? "'%s' can't be compared.".formatted(comparison.left())
                    : "'%s' is %s, which '%s' can't compare.".formatted(comparison.left(), left.type().words(), comparison.operator().sign()));
            return;
        }
        for (Value value : comparison.right()) {
            String complaint = switch (value) {
                case Path path -> path.term().isUnknown() || suits(comparison, path.term()) ? null
                        : "'%s' can't be compared with '%s': one is %s, the other %s.".formatted(comparison.left(), path, left.type().words(), path.term().type().words());
                case Literal literal when literal.value() == null -> left.type().mayBeUnknown() && comparison.operator().isEquality() ? null
                        : "null can't stand here: '%s' is %s.".formatted(comparison.left(), left.type().words());
                case Literal literal when left.type() == Type.DAY -> "'%s' can be compared with null only; for a date write orders.lastSince(\"2026-01-31\") or its like.".formatted(comparison.left());
                case Literal literal -> literal.is(left.type()) ? null : "%s stands where %s is expected.".formatted(literal, left.type().words());
            };
            if (complaint != null) {
                tell(value.place(), complaint);
            }
        }
    }

    private static boolean suits(Comparison comparison, Term right) {
        Type type = comparison.left().term().type();
        return type == right.type() && (type == Type.NUMBER || type == Type.TEXT && comparison.operator().isEquality());
    }

    private void tell(Place place, String message) {
        problems.add(RuleProblem.error(place.line(), place.column(), message));
    }
}
