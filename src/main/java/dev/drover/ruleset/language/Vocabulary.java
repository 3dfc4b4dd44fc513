package dev.drover.ruleset.language;

import static dev.drover.ruleset.language.Verb.Parameter.CUSTOMER;
import static dev.drover.ruleset.language.Verb.Parameter.DECISION;
import static dev.drover.ruleset.language.Verb.Parameter.MESSAGE;
import static dev.drover.ruleset.language.Verb.Parameter.REASON;
import static dev.drover.ruleset.language.Verb.Parameter.SEGMENT;
import static dev.drover.ruleset.language.Verb.Parameter.UNTIL;

import dev.drover.ruleset.fact.ContentVerbs;
import dev.drover.ruleset.fact.DeliveryVerbs;
import dev.drover.ruleset.fact.SegmentVerbs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Everything that rules of a group may read and say: the allow-list, what completion offers, and what complaints name.
 *
 * @param facts  their terms by the fact's name
 * @param global by which the group's verbs are called
 * @param voice  the class behind the global
 */
public record Vocabulary(Map<String, List<Term>> facts, String global, Class<?> voice, List<Verb> verbs) {

    /**
     * One word for completion and documentation.
     *
     * @param kind {@code fact}, {@code field}, {@code function}, {@code verb} or {@code operator}
     * @param fact of which it is read; empty for others
     */
    public record Word(String name, String kind, String fact, String type, List<String> arguments, String description, String example) {}

    private static final Vocabulary SEGMENTS = new Vocabulary(Map.of("Customer", CustomerTerms.all()), "segments", SegmentVerbs.class, List.of(
            new Verb("segments", "enter", List.of(CUSTOMER, SEGMENT, REASON), "The customer belongs to the segment, and why",
                    "segments.enter($c, \"vip\", \"Spent \" + $revenue)")));

    private static final Vocabulary ELIGIBILITY = new Vocabulary(eligibleFacts(), "delivery", DeliveryVerbs.class, List.of(
            new Verb("delivery", "skip", List.of(MESSAGE, REASON), "The message is never sent, and why", "delivery.skip($message, \"no consent\")"),
            new Verb("delivery", "defer", List.of(MESSAGE, UNTIL, REASON), "The message waits, until when and why",
                    "delivery.defer($message, $morning, \"quiet hours\")")));

    private static final Vocabulary CONTENT = new Vocabulary(contentFacts(), "content", ContentVerbs.class, List.of(
            new Verb("content", "decide", List.of(CUSTOMER, DECISION, REASON), "What is to be done with the customer, and why; the rule of the highest salience that speaks decides",
                    "content.decide($c, \"free-delivery\", \"Spent \" + $revenue)")));

    public static Vocabulary of(String group) {
        return switch (group) {
            case "eligibility" -> ELIGIBILITY;
            case "content" -> CONTENT;
            default -> SEGMENTS;
        };
    }

    private static Map<String, List<Term>> contentFacts() {
        var facts = new LinkedHashMap<String, List<Term>>();
        facts.put("Customer", CustomerTerms.all());
        facts.put("Data", DataTerms.all());
        return facts;
    }

    private static Map<String, List<Term>> eligibleFacts() {
        var facts = new LinkedHashMap<String, List<Term>>();
        facts.put("Message", DeliveryTerms.message());
        facts.put("Recipient", DeliveryTerms.recipient());
        return facts;
    }

    Optional<Term> find(String fact, String name, int arguments) {
        return terms(fact).stream().filter(term -> term.name().equals(name) && term.arguments().size() == arguments).findFirst();
    }

    public List<Term> terms(String fact) {
        return facts.getOrDefault(fact, List.of());
    }

    Optional<Verb> verb(String name) {
        return verbs.stream().filter(verb -> verb.name().equals(name)).findFirst();
    }

    /** Why there is no such term. */
    String missing(String fact, String name) {
        var named = terms(fact).stream().filter(term -> term.name().equals(name)).toList();
        if (!named.isEmpty()) {
            return named.stream().allMatch(term -> term.arguments().isEmpty()) ? "'%s' takes nothing in parentheses.".formatted(name)
                    : "'%s' is written %s.".formatted(name, String.join(" or ", named.stream().map(Term::example).toList()));
        }
        int dot = name.indexOf('.');
        String first = dot < 0 ? name : name.substring(0, dot);
        boolean parent = hasParts(fact, first);
        if (!parent && dot >= 0 && terms(fact).stream().anyMatch(term -> term.name().equals(first))) {
            return "'%s' has no parts.".formatted(first);
        }
        if (parent && dot < 0) {
            return "'%s' is compared by its parts: %s.".formatted(first, String.join(", ", parts(fact, first + ".")));
        }
        String owner = parent ? first.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + first.substring(1) : fact;
        return "%s has no '%s': it has %s.".formatted(owner, parent ? name.substring(dot + 1) : first, String.join(", ", parts(fact, parent ? first + "." : "")));
    }

    boolean hasParts(String fact, String name) {
        return terms(fact).stream().anyMatch(term -> term.name().startsWith(name + "."));
    }

    /** What follows a prefix, without what follows that. */
    private TreeSet<String> parts(String fact, String prefix) {
        var parts = new TreeSet<String>();
        terms(fact).stream().filter(term -> term.name().startsWith(prefix)).forEach(term -> {
            String rest = term.name().substring(prefix.length());
            parts.add(rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : term.arguments().isEmpty() ? rest : rest + "(…)");
        });
        return parts;
    }

    public List<Word> words() {
        var words = new ArrayList<Word>();
        facts.forEach((fact, terms) -> {
            words.add(new Word(fact, "fact", "", "", List.of(), "%s as rules see it".formatted(fact), "$%s : %s( )".formatted(fact.substring(0, 1).toLowerCase(java.util.Locale.ROOT), fact)));
            terms.forEach(term -> words.add(new Word(term.name(), term.arguments().isEmpty() ? "field" : "function", fact, term.type().words(),
                    term.arguments().stream().map(Argument::words).toList(), term.description(), term.example())));
        });
        verbs.forEach(verb -> words.add(new Word(verb.signature(), "verb", "", "", verb.parameters().stream().map(parameter -> parameter.words).toList(),
                verb.description(), verb.example())));
        for (Operator operator : Operator.values()) {
            words.add(new Word(operator.sign(), "operator", "", "", List.of(), operator.description(), operator.example()));
        }
        return words;
    }
}
