package dev.drover.ruleset.language;

import dev.drover.ruleset.RuleProblem;
import dev.drover.ruleset.language.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what a rule says, between {@code then} and {@code end}: verbs of its group, about its facts, with texts joined by {@code +}. */
final class SayingReader {

    private static final int MOST_SAYINGS = 20;
    private static final int MOST_PARTS = 40;

    private final Vocabulary vocabulary;
    private final Words words;
    private final Map<String, Type> variables;
    private final Map<String, String> facts;
    private final List<RuleProblem> problems;

    SayingReader(Vocabulary vocabulary, Words words, Map<String, Type> variables, Map<String, String> facts, List<RuleProblem> problems) {
        this.vocabulary = vocabulary;
        this.words = words;
        this.variables = variables;
        this.facts = facts;
        this.problems = problems;
    }

    List<Saying> read() {
        var says = new ArrayList<Saying>();
        while (!words.takeIf("end")) {
            if (says.size() == MOST_SAYINGS) {
                throw new Refused(words.next().place(), "A rule says at most %d things.".formatted(MOST_SAYINGS));
            }
            says.add(saying());
            words.expect(";", "behind what is said");
        }
        return List.copyOf(says);
    }

    private Saying saying() {
        Token global = words.next();
        if (global.kind() != Kind.WORD || global.is("rule") || !words.second().is(".")) {
            throw Foreign.inConsequence(words, vocabulary);
        }
        if (!global.is(vocabulary.global())) {
            throw new Refused(global.place(), "There is no '%s' here: a rule says %s.".formatted(global.text(), verbs()));
        }
        words.take();
        words.take();
        Token name = words.take(Kind.WORD, "a verb");
        var verb = vocabulary.verb(name.text()).orElseThrow(() -> new Refused(name.place(), "There is no verb '%s': a rule says %s.".formatted(name.text(), verbs())));
        words.expect("(", "behind " + verb.signature());
        String fact = "";
        String key = "";
        String until = "";
        List<Saying.Part> reason = List.of();
        for (int n = 0; n < verb.parameters().size(); n++) {
            var parameter = verb.parameters().get(n);
            if (n > 0 && !words.takeIf(",")) {
                throw words.unexpected("',' and " + parameter.words);
            }
            switch (parameter) {
                case CUSTOMER -> fact = fact("Customer");
                case MESSAGE -> fact = fact("Message");
                case SEGMENT, DECISION -> key = key(parameter);
                case UNTIL -> until = until();
                case REASON -> reason = reason();
            }
        }
        words.expect(")", "behind the reason");
        return new Saying(global.place(), verb, fact, key, until, reason);
    }

    private String verbs() {
        return String.join(" or ", vocabulary.verbs().stream().map(Verb::signature).toList());
    }

    private String fact(String fact) {
        Token token = words.take(Kind.VARIABLE, "the variable of the %s".formatted(fact));
        if (!fact.equals(facts.get(token.text()))) {
            tell(token, facts.containsKey(token.text()) || variables.containsKey(token.text()) ? "%s is no %s.".formatted(token.text(), fact)
                    : "There is no %s here: write %s : %s( … ) above.".formatted(token.text(), token.text(), fact));
        }
        return token.text();
    }

    /** Must be written out: else nobody could tell which segments the rules make, or which decisions a journey has to be ready for. */
    private String key(Verb.Parameter parameter) {
        Token token = words.next();
        boolean alone = words.second().is(",") || words.second().is(")");
        if (token.kind() != Kind.TEXT || !alone || !Argument.isKey(token.text())) {
            throw new Refused(token.place(), token.kind() == Kind.BROKEN ? token.text()
                    : parameter == Verb.Parameter.SEGMENT ? "The segment's key must be written out here, in small letters, digits and '-', such as \"lapsed\"."
                    : "The decision must be written out here, in small letters, digits and '-', such as \"free-delivery\".");
        }
        return words.take().text();
    }

    private String until() {
        Token token = words.take(Kind.VARIABLE, "the variable of a moment, such as $morning");
        if (variables.get(token.text()) != Type.MOMENT) {
            tell(token, "%s is no moment: write %s : nextLocal(8) above.".formatted(token.text(), token.text()));
        }
        return token.text();
    }

    private List<Saying.Part> reason() {
        var parts = new ArrayList<Saying.Part>();
        do {
            if (parts.size() == MOST_PARTS) {
                throw new Refused(words.next().place(), "A reason has at most %d parts.".formatted(MOST_PARTS));
            }
            parts.add(part());
        } while (words.takeIf("+"));
        if (!words.next().is(")")) {
            throw words.unexpected("')' or '+' and more of the reason");
        }
        return List.copyOf(parts);
    }

    private Saying.Part part() {
        Token token = words.next();
        switch (token.kind()) {
            case TEXT -> {
                return new Saying.Part("", words.take().text());
            }
            case NUMBER -> {
                return new Saying.Part("", Literals.number(words.take(), false));
            }
            case VARIABLE -> {
                words.take();
                if (facts.containsKey(token.text())) {
                    tell(token, "%s is a whole %s: keep what the reason needs of it, such as $count : orders.count.".formatted(token.text(), facts.get(token.text())));
                } else if (!variables.containsKey(token.text())) {
                    tell(token, "There is no %s here: keep the value above, such as %s : orders.count.".formatted(token.text(), token.text()));
                }
                return new Saying.Part(token.text(), "");
            }
            default -> throw words.unexpected("a text in quotes, a number or a variable");
        }
    }

    private void tell(Token token, String message) {
        problems.add(RuleProblem.error(token.place().line(), token.place().column(), message));
    }
}
