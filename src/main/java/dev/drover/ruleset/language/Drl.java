package dev.drover.ruleset.language;

import dev.drover.ruleset.language.Condition.And;
import dev.drover.ruleset.language.Condition.Comparison;
import dev.drover.ruleset.language.Condition.Holds;
import dev.drover.ruleset.language.Condition.Not;
import dev.drover.ruleset.language.Condition.Or;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes rules down for the compiler. It gets this and never an author's own text, so that it can't read anything into a file that the reader
 * didn't. Each rule takes one line, its own where that is free, so that complaints lead back to it.
 */
public final class Drl {

    /** A value in a reason; the same words as {@link Trial} finds. */
    private static final String SAID = "Verdicts.said(%s)";

    private Drl() {}

    public static String of(String packageName, String group, Collection<Rule> rules) {
        var vocabulary = Vocabulary.of(group);
        var text = new StringBuilder("package %s; import dev.drover.ruleset.fact.*; global %s %s;".formatted(packageName, vocabulary.voice().getName(), vocabulary.global()));
        int line = 1;
        for (Rule rule : rules.stream().sorted(Comparator.comparingInt(one -> one.place().line())).toList()) {
            text.append(line < rule.place().line() ? "\n".repeat(rule.place().line() - line) : " ");
            line = Math.max(line, rule.place().line());
            text.append(rule(rule));
        }
        return text.append('\n').toString();
    }

    private static String rule(Rule rule) {
        return "rule \"%s\" salience %d%s when %s then %s end".formatted(rule.name(), rule.salience(), rule.noLoop() ? " no-loop true" : "",
                rule.patterns().stream().map(Drl::pattern).collect(Collectors.joining(" ")), rule.says().stream().map(Drl::saying).collect(Collectors.joining(" ")));
    }

    private static String pattern(Rule.Pattern pattern) {
        var parts = new ArrayList<String>();
        pattern.when().parts().forEach(part -> parts.add(condition(part)));
        pattern.bindings().forEach(binding -> parts.add(binding.variable() + " : " + binding.path()));
        return "%s%s( %s )".formatted(pattern.variable().isEmpty() ? "" : pattern.variable() + " : ", pattern.fact(), String.join(", ", parts));
    }

    private static String condition(Condition condition) {
        return switch (condition) {
            case And and -> joined(and.parts(), " && ");
            case Or or -> joined(or.parts(), " || ");
            case Not not -> "!" + (not.part() instanceof Holds holds ? condition(holds) : "( " + condition(not.part()) + " )");
            case Holds holds -> holds.path().toString();
            case Comparison comparison -> comparison(comparison);
        };
    }

    /** Parentheses only where they change something: each level of them doubles the time that Drools takes to read a condition. */
    private static String joined(List<Condition> parts, String sign) {
        return parts.stream().map(part -> part instanceof Or && sign.equals(" && ") ? "( " + condition(part) + " )" : condition(part)).collect(Collectors.joining(sign));
    }

    /**
     * Where Drools would fall over what isn't known, take an unknown number for the largest of all (so do its {@code >=} and {@code <=} inside
     * of {@code &&} and {@code ||}), or compare whole numbers with others its own way, what is meant is spelled out.
     */
    private static String comparison(Comparison comparison) {
        var operator = comparison.operator();
        boolean negative = operator == Operator.NOT_EQUAL || operator == Operator.NOT_IN;
        var paths = Stream.concat(Stream.of(comparison.left()), comparison.right().stream().filter(Path.class::isInstance).map(Path.class::cast));
        var guards = paths.filter(path -> path.term().name().equals("number")).map(path -> "isNumber(%s)".formatted(path.arguments().getFirst()));
        var parts = Stream.concat(guards.map(guard -> negative ? "!" + guard : guard), Stream.of(bare(comparison))).toList();
        return parts.size() == 1 ? parts.getFirst() : "( " + String.join(negative ? " || " : " && ", parts) + " )";
    }

    private static String bare(Comparison comparison) {
        var operator = comparison.operator();
        String left = comparison.left().toString();
        String right = comparison.right().stream().map(Object::toString).collect(Collectors.joining(", "));
        if (operator == Operator.STARTS_WITH || operator == Operator.ENDS_WITH) {
            return "( %s != null && %s %s %s )".formatted(left, left, operator.sign(), right);
        }
        if (!operator.takesMany()) {
            return left + " " + operator.sign() + " " + right;
        }
        if (comparison.left().term().type() == Type.NUMBER) {
            return comparison.right().stream().map(value -> left + (operator == Operator.IN ? " == " : " != ") + value)
                    .collect(Collectors.joining(operator == Operator.IN ? " || " : " && ", "( ", " )"));
        }
        return "%s %s ( %s )".formatted(left, operator.sign(), right);
    }

    /** The reason begins with an empty text, so that numbers are joined to it and never added up. */
    private static String saying(Saying saying) {
        var arguments = new ArrayList<String>();
        for (var parameter : saying.verb().parameters()) {
            arguments.add(switch (parameter) {
                case CUSTOMER, MESSAGE -> saying.fact();
                case SEGMENT, DECISION -> literal(saying.key());
                case UNTIL -> saying.until();
                case REASON -> "\"\" + " + saying.reason().stream().map(part -> part.variable().isEmpty() ? literal(part.literal()) : SAID.formatted(part.variable())).collect(Collectors.joining(" + "));
            });
        }
        return "%s(%s);".formatted(saying.verb().signature(), String.join(", ", arguments));
    }

    static String literal(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t") + "\"";
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
    }
}
