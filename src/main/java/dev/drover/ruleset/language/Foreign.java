package dev.drover.ruleset.language;

import dev.drover.ruleset.language.Token.Kind;
import java.util.Map;
import java.util.Set;

/** Complaints about what is good Drools, or Java, and no part of the rule language: what it is, and what to write in its place. */
final class Foreign {

    private static final Set<String> ELEMENTS = Set.of("not", "exists", "forall", "from", "accumulate", "acc", "groupby", "collect", "eval", "over", "and", "or");
    private static final Set<String> JAVA = Set.of("new", "this", "super", "class", "instanceof", "switch", "return", "if", "while", "for", "do", "try", "throw", "var", "final",
            "int", "long", "double", "boolean", "char", "byte", "short", "float", "void", "static", "synchronized");

    private static final Map<String, String> AROUND_RULES = Map.ofEntries(
            Map.entry("function", "A rule file can't hold functions."),
            Map.entry("declare", "A rule file can't declare types."),
            Map.entry("query", "A rule file can't hold queries."),
            Map.entry("template", "A rule file can't hold templates."),
            Map.entry("unit", "A rule file can't name a unit."),
            Map.entry("import", "Imports stand at the head of the file."),
            Map.entry("global", "The global stands at the head of the file."),
            Map.entry("package", "The package stands at the head of the file."),
            Map.entry("dialect", "The dialect can't be chosen."));

    private static final Map<String, String> OPERATORS = Map.of(
            "matches", "Regular expressions aren't part of the rule language: write contains, str[startsWith] or str[endsWith].",
            "soundslike", "'soundslike' isn't part of the rule language: write contains, str[startsWith] or str[endsWith].",
            "memberOf", "'memberOf' isn't part of the rule language: write in ( … ).",
            "excludes", "'excludes' isn't part of the rule language: write not contains.",
            "str", "There is str[startsWith] and str[endsWith].");

    private Foreign() {}

    static Refused aroundRules(Token token) {
        if (token.kind() == Kind.BROKEN) {
            return new Refused(token.place(), token.text());
        }
        String known = token.kind() == Kind.WORD ? AROUND_RULES.get(token.text()) : null;
        return new Refused(token.place(), known != null ? known : token.is("@") ? "Annotations aren't part of the rule language."
                : "Not expected here: %s. What belongs here is a rule: rule \"its name\" when … then … end.".formatted(token.shown()));
    }

    static Refused atRule(Words words) {
        Token token = words.next();
        if (token.is("@")) {
            return new Refused(token.place(), "Annotations aren't part of the rule language.");
        }
        if (token.kind() == Kind.WORD && !token.is("then") && !token.is("end")) {
            return new Refused(token.place(), "'%s' can't be set for a rule: only salience and no-loop can.".formatted(token.text()));
        }
        return words.unexpected("'when'");
    }

    static Refused asFact(Token name, Vocabulary vocabulary) {
        if (ELEMENTS.contains(name.text())) {
            return new Refused(name.place(), "'%s' isn't part of the rule language: a rule is %s with conditions in parentheses.".formatted(name.text(),
                    String.join(" and ", vocabulary.facts().keySet())));
        }
        return new Refused(name.place(), "There is no fact '%s': the facts here are %s.".formatted(name.text(), String.join(" and ", vocabulary.facts().keySet())));
    }

    static void refuseAsPath(Token word) {
        if (ELEMENTS.contains(word.text())) {
            throw new Refused(word.place(), "'%s' isn't part of the rule language.%s".formatted(word.text(), instead(word.text())));
        }
        if (JAVA.contains(word.text())) {
            throw new Refused(word.place(), "'%s' isn't part of the rule language.".formatted(word.text()));
        }
    }

    private static String instead(String word) {
        return switch (word) {
            case "and" -> " Write && for it.";
            case "or" -> " Write || for it.";
            case "not" -> " Write !( … ) for it.";
            default -> "";
        };
    }

    /** What stands where a condition begins, or goes on behind one. */
    static Refused inCondition(Words words) {
        Token token = words.next();
        if (token.kind() == Kind.WORD) {
            refuseAsPath(token);
            String known = OPERATORS.get(token.text());
            if (known != null) {
                return new Refused(token.place(), known);
            }
        }
        String why = switch (token.text()) {
            case "[" -> "Nothing is reached by '[ ]' here: an attribute is text(\"name\"), number(\"name\") or flag(\"name\").";
            case "=" -> "A value can't be set: compare with '=='.";
            case "+", "-", "*", "/", "%" -> "Nothing is calculated in a condition.";
            case "?" -> "'?' isn't part of the rule language: write && and ||.";
            case "&", "|" -> "Write && for and, || for or.";
            case "^", "~" -> "'%s' isn't part of the rule language.".formatted(token.text());
            case "#" -> "Casts aren't part of the rule language.";
            case "@" -> "Annotations aren't part of the rule language.";
            case "!" -> "'!' stands before a condition only.";
            case ">", "<", ">=", "<=", "==", "!=" -> "Name again what is compared, such as orders.count > 3 && orders.count < 5.";
            case ";" -> "No ';' stands between conditions: write ','.";
            case "true", "false", "null" -> "What is compared stands on the left: orders.count >= 3.";
            default -> token.kind() == Kind.NUMBER || token.kind() == Kind.TEXT ? "What is compared stands on the left: orders.count >= 3."
                    : token.kind() == Kind.VARIABLE ? "'%s' can't be used in a condition: write what it stands for.".formatted(token.text()) : "";
        };
        return token.kind() == Kind.BROKEN || why.isEmpty() ? words.unexpected("a condition, ',' or ')'") : new Refused(token.place(), why);
    }

    /** What stands where only something written out may. */
    static Refused asLiteral(Words words) {
        Token token = words.next();
        refuseAsPath(token);
        return new Refused(token.place(), "Only what is written out can stand here, such as 5 or \"NL\", and no '%s'.".formatted(token.text()));
    }

    /** What stands where a verb is to be said. */
    static Refused inConsequence(Words words, Vocabulary vocabulary) {
        Token token = words.next();
        if (token.kind() == Kind.BROKEN) {
            return new Refused(token.place(), token.text());
        }
        if (token.is("[")) {
            return new Refused(token.place(), "A rule has one 'then', without a name.");
        }
        if (token.kind() == Kind.END || token.is("rule")) {
            return new Refused(token.place(), "The 'end' of this rule is missing.");
        }
        return new Refused(token.place(), "Not expected here: %s. Behind 'then' a rule says %s;".formatted(token.shown(),
                String.join("; or ", vocabulary.verbs().stream().map(Verb::example).toList())));
    }
}
