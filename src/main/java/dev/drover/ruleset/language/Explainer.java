package dev.drover.ruleset.language;

import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.language.Condition.And;
import dev.drover.ruleset.language.Condition.Comparison;
import dev.drover.ruleset.language.Condition.Holds;
import dev.drover.ruleset.language.Condition.Not;
import dev.drover.ruleset.language.Condition.Or;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says of each condition of a rule whether it holds and what the fact says. Drools decides and can't tell why not; this decides nothing, and a
 * test holds it to what Drools decides.
 */
public final class Explainer {

    private Explainer() {}

    /** Of a rule of segments. */
    public static Held explain(Rule rule, Customer customer) {
        return explain(rule.when(), customer);
    }

    /** Of one fact of a rule, which is found among these by its name. */
    public static Held explain(Rule.Pattern pattern, Collection<?> facts) {
        return facts.stream().filter(fact -> fact.getClass().getSimpleName().equals(pattern.fact())).findFirst().<Held>map(fact -> explain(pattern.when(), fact))
                .orElseGet(() -> new Held(pattern.when().text(), false, "", Held.Kind.ALL, List.of()));
    }

    public static Held explain(Condition condition, Object fact) {
        return switch (condition) {
            case And and -> group(and, Held.Kind.ALL, and.parts(), fact);
            case Or or -> group(or, Held.Kind.ANY, or.parts(), fact);
            case Not not -> group(not, Held.Kind.NOT, List.of(not.part()), fact);
            case Holds holds -> new Held(holds.text(), holds(holds, fact), "", Held.Kind.SINGLE, List.of());
            case Comparison comparison -> new Held(comparison.text(), holds(comparison, fact), actual(comparison, fact), Held.Kind.SINGLE, List.of());
        };
    }

    private static Held group(Condition condition, Held.Kind kind, List<Condition> conditions, Object fact) {
        var parts = conditions.stream().map(part -> explain(part, fact)).toList();
        boolean held = switch (kind) {
            case ANY -> parts.stream().anyMatch(Held::held);
            case NOT -> !parts.getFirst().held();
            default -> parts.stream().allMatch(Held::held);
        };
        return new Held(condition.text(), held, kind == Held.Kind.NOT ? parts.getFirst().actual() : "", kind, parts);
    }

    /** Whether a rule of segments holds, without a word of why. */
    public static boolean holds(Rule rule, Customer customer) {
        return holds(rule.when(), customer);
    }

    static boolean holds(Condition condition, Object fact) {
        return switch (condition) {
            case And and -> and.parts().stream().allMatch(part -> holds(part, fact));
            case Or or -> or.parts().stream().anyMatch(part -> holds(part, fact));
            case Not not -> !holds(not.part(), fact);
            case Holds holds -> Boolean.TRUE.equals(holds.path().read(fact));
            case Comparison comparison -> compare(comparison, fact);
        };
    }

    private static boolean compare(Comparison comparison, Object fact) {
        return compare(comparison.left().read(fact), comparison.operator(),
                comparison.right().stream().map(value -> value instanceof Path path ? path.read(fact) : ((Literal) value).value()));
    }

    static boolean compare(@Nullable Object left, Operator operator, Stream<@Nullable Object> right) {
        return switch (operator) {
            case EQUAL, IN -> right.anyMatch(one -> same(left, one));
            case NOT_EQUAL, NOT_IN -> right.noneMatch(one -> same(left, one));
            case GREATER -> right.allMatch(one -> number(left) > number(one));
            case AT_LEAST -> right.allMatch(one -> number(left) >= number(one));
            case LESS -> right.allMatch(one -> number(left) < number(one));
            case AT_MOST -> right.allMatch(one -> number(left) <= number(one));
            case CONTAINS -> right.allMatch(one -> text(left, text -> text.contains((String) Objects.requireNonNull(one))));
            case NOT_CONTAINS -> right.noneMatch(one -> text(left, text -> text.contains((String) Objects.requireNonNull(one))));
            case STARTS_WITH -> right.allMatch(one -> text(left, text -> text.startsWith((String) Objects.requireNonNull(one))));
            case ENDS_WITH -> right.allMatch(one -> text(left, text -> text.endsWith((String) Objects.requireNonNull(one))));
        };
    }

    private static boolean same(@Nullable Object left, @Nullable Object right) {
        return left instanceof Number && right instanceof Number ? number(left) == number(right) : Objects.equals(left, right);
    }

    private static double number(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value)).doubleValue();
    }

    private static boolean text(@Nullable Object value, Predicate<String> holds) {
        return value instanceof String text && holds.test(text);
    }

    private static String actual(Comparison comparison, Object fact) {
        String left = shown(comparison.left().read(fact));
        return comparison.right().getFirst() instanceof Path path ? left + " and " + shown(path.read(fact)) : left;
    }

    /** Two digits behind the point are as much as people compare by. */
    static String shown(@Nullable Object value) {
        return switch (value) {
            case null -> "none";
            case Double number when number.isNaN() -> "none";
            case Double number when number.isInfinite() -> "never";
            case Double number -> {
                // Rounded it could contradict the comparison: 90.001 is more than 90.
                var exact = new BigDecimal(number.toString());
                var rounded = exact.setScale(Math.abs(number) < 0.01 ? 6 : 2, RoundingMode.HALF_UP);
                yield (isWhole(rounded) && exact.compareTo(rounded) != 0 ? exact.setScale(6, RoundingMode.HALF_UP) : rounded).stripTrailingZeros().toPlainString();
            }
            case String text -> "\"" + text + "\"";
            default -> value.toString();
        };
    }

    private static boolean isWhole(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0;
    }
}
