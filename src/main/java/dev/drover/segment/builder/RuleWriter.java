package dev.drover.segment.builder;

import dev.drover.segment.builder.Criteria.Condition;
import dev.drover.segment.builder.Criteria.Logic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the rule file of a segment, for an analyst to read and go on with. */
public final class RuleWriter {

    private static final int WIDTH = 110;
    private static final String PATTERN = "    $customer : Customer( ";
    /** A reason is read on one line: it tells the first few conditions. */
    private static final int TOLD = 4;

    private final Map<String, String> bindings = new LinkedHashMap<>();

    private RuleWriter() {}

    /** @param description empty: the conditions in words */
    public static String write(String key, String name, String description, Criteria criteria) {
        var writer = new RuleWriter();
        String reason = writer.reason(criteria);
        var lines = new ArrayList<>(Clauses.of(criteria).within(Logic.AND).stream().map(Clause::text).toList());
        writer.bindings.forEach((variable, path) -> lines.add(variable + " : " + path));
        String title = oneLine(name);
        String explanation = oneLine(description).isEmpty() ? Wording.sentence(criteria) + "." : oneLine(description);
        return """
                %s
                rule %s
                when
                %s
                then
                    segments.enter($customer, %s, %s);
                end
                """.formatted(comment(title + ": " + explanation), Texts.quoted(title.replace('"', '\'').replace('\\', '/')), pattern(lines), Texts.quoted(key), reason);
    }

    private static String pattern(List<String> constraints) {
        String oneLine = PATTERN + String.join(", ", constraints) + " )";
        if (oneLine.length() <= WIDTH) {
            return oneLine;
        }
        String indent = " ".repeat(PATTERN.length());
        return PATTERN + String.join(",\n" + indent, constraints.stream().map(constraint -> wrapped(constraint, indent + "    ")).toList()) + " )";
    }

    /** Broken before the signs that join its outermost parts. */
    private static String wrapped(String constraint, String indent) {
        if (constraint.length() + indent.length() <= WIDTH) {
            return constraint;
        }
        var text = new StringBuilder();
        int column = indent.length();
        int from = 0;
        int depth = 0;
        boolean quoted = false;
        for (int n = 0; n < constraint.length(); n++) {
            char one = constraint.charAt(n);
            if (quoted && one == '\\') {
                n++;
            } else if (one == '"') {
                quoted = !quoted;
            } else if (!quoted) {
                depth += one == '(' ? 1 : one == ')' ? -1 : 0;
                if (depth == 0 && (constraint.startsWith(" || ", n) || constraint.startsWith(" && ", n))) {
                    text.append(constraint, from, n).append('\n').append(indent);
                    from = n + 1;
                    column = indent.length();
                }
            }
        }
        return column < 0 ? constraint : text.append(constraint.substring(from)).toString();
    }

    private static String comment(String text) {
        var lines = new StringBuilder("//");
        int column = 2;
        for (String word : text.split(" +")) {
            if (column + word.length() > WIDTH && column > 2) {
                lines.append("\n//");
                column = 2;
            }
            lines.append(' ').append(word);
            column += word.length() + 1;
        }
        return lines.toString();
    }

    /** Whatever ends a line or can't be seen becomes a space. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }

    /** The conditions in words, with what is so of this customer where it says more than the condition. */
    private String reason(Criteria criteria) {
        var parts = criteria instanceof Criteria.Group group && group.logic() == Logic.AND ? group.parts() : List.of(criteria);
        var terms = new ArrayList<String>();
        String words = "";
        for (int n = 0; n < Math.min(TOLD, parts.size()); n++) {
            String told = words(parts.get(n), parts.size() == 1);
            words += n == 0 ? Character.toUpperCase(told.charAt(0)) + told.substring(1) : ", " + told;
            String variable = parts.get(n) instanceof Condition condition ? bind(condition) : "";
            if (!variable.isEmpty()) {
                terms.add(Texts.quoted(words + " ("));
                terms.add(variable);
                words = ")";
            }
        }
        words += parts.size() > TOLD ? ", and %d more".formatted(parts.size() - TOLD) : "";
        if (!words.isEmpty()) {
            terms.add(Texts.quoted(words));
        }
        return String.join(" + ", terms);
    }

    private static String words(Criteria criteria, boolean outermost) {
        String words = Wording.words(criteria, outermost);
        return words.length() > 200 ? words.substring(0, words.offsetByCodePoints(0, Math.min(199, words.codePointCount(0, words.length())))) + "…" : words;
    }

    /** @return a variable that holds what is so of the customer; empty: nothing that the condition doesn't say already, or isn't sure to be there */
    private String bind(Condition condition) {
        var field = condition.field();
        String path = switch (field.kind()) {
            case FIRST_ORDER_DATE -> "orders.firstOn";
            case LAST_ORDER_DATE -> "orders.lastOn";
            default -> field.path();
        };
        boolean tells = switch (field.kind().type) {
            case COUNT, NUMBER, SCORE -> condition.relation() != Relation.EQ;
            case TEXT, CHOICE -> condition.relation() == Relation.NEQ || condition.relation() == Relation.IN || condition.relation() == Relation.CONTAINS;
            case DATE -> path.endsWith("On") && condition.relation() != Relation.NOT_WITHIN_LAST;
            case FLAG, SEGMENT -> false;
        };
        if (!tells) {
            return "";
        }
        for (var known : bindings.entrySet()) {
            if (known.getValue().equals(path)) {
                return known.getKey();
            }
        }
        String name = "$" + (field.kind().isAttribute() ? "value" : field.kind().key);
        String variable = name;
        for (int n = 2; bindings.containsKey(variable); n++) {
            variable = name + n;
        }
        bindings.put(variable, path);
        return variable;
    }
}
