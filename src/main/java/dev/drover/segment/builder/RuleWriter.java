package dev.drover.segment.builder;

import dev.drover.segment.builder.Criteria.Condition;
import dev.drover.segment.builder.Criteria.Logic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the rule file of a segment, for an analyst to read and go on with. */
public final class RuleWriter {

    private static final int WIDTH = 110;
    private static final String PATTERN = "    $customer : Customer( ";
    private static final String INDENT = " ".repeat(PATTERN.length());
    /** A reason is read on one line: it tells the first few conditions. */
    private static final int TOLD = 4;
    private static final int LONGEST = 100;

    private final Map<String, String> bindings = new LinkedHashMap<>();

    private RuleWriter() {}

    /** @param name becomes the rule's, as far as a rule's name has place for it @param description empty: the conditions in words */
    public static String write(String key, String name, String description, Criteria criteria) {
        var writer = new RuleWriter();
        String reason = writer.reason(criteria);
        var lines = new ArrayList<>(Clauses.of(criteria).within(Logic.AND).stream().map(clause -> laidOut(clause, INDENT)).toList());
        writer.bindings.forEach((variable, path) -> lines.add(variable + " : " + path));
        String title = Texts.cleaned(name);
        String explanation = Texts.cleaned(description).isEmpty() ? Wording.sentence(criteria) + "." : Texts.cleaned(description);
        return """
                %s
                rule %s
                when
                %s
                then
                    segments.enter($customer, %s, %s);
                end
                """.formatted(comment(title + ": " + explanation), Texts.quoted(ruleName(title, key)), pattern(lines), Texts.quoted(key), reason);
    }

    private static String ruleName(String title, String key) {
        String plain = title.replace('"', '\'').replace('\\', '/');
        return plain.isBlank() ? key : plain.codePointCount(0, plain.length()) > LONGEST ? plain.substring(0, plain.offsetByCodePoints(0, LONGEST)) : plain;
    }

    private static String pattern(List<String> constraints) {
        String oneLine = PATTERN + String.join(", ", constraints) + " )";
        return oneLine.length() <= WIDTH && oneLine.indexOf('\n') < 0 ? oneLine : PATTERN + String.join(",\n" + INDENT, constraints) + " )";
    }

    /** A long one is broken before the signs that join its parts. */
    private static String laidOut(Clause clause, String indent) {
        String oneLine = clause.text();
        if (!(clause instanceof Clause.Group group) || oneLine.length() + indent.length() <= WIDTH) {
            return oneLine;
        }
        String deeper = indent + "    ";
        return group.parts().stream().map(part -> part instanceof Clause.Group ? "(" + laidOut(part, deeper) + ")" : part.text())
                .collect(Collectors.joining("\n" + deeper + (group.logic() == Logic.AND ? "&& " : "|| ")));
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

    /** The conditions in words, with what is so of this customer where it says more than the condition. */
    private String reason(Criteria criteria) {
        var parts = criteria instanceof Criteria.Group group && group.logic() == Logic.AND ? group.parts() : List.of(criteria);
        var terms = new ArrayList<String>();
        String words = "";
        for (int n = 0; n < Math.min(TOLD, parts.size()); n++) {
            String told = words(parts.get(n), parts.size());
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

    private static String words(Criteria criteria, int parts) {
        String words = (criteria instanceof Criteria.Group && parts > 1 ? "either " : "") + Wording.words(criteria, true);
        return words.codePointCount(0, words.length()) > LONGEST ? words.substring(0, words.offsetByCodePoints(0, LONGEST)) + "…" : words;
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
