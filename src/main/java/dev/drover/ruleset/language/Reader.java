package dev.drover.ruleset.language;

import dev.drover.ruleset.RuleProblem;
import dev.drover.ruleset.language.Token.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads a rule file. It knows the language and nothing else: no part of it is handed through, so nothing can hide in what it skips, and what it
 * doesn't know ends the rule with a complaint at that place. The next rule is read all the same.
 */
final class Reader {

    static final int MOST_CHARACTERS = 200_000;
    private static final int MOST_RULES = 200;
    private static final int MOST_CONDITIONS = 1_000;
    private static final int MOST_PROBLEMS = 100;
    private static final String FACTS = "dev.drover.ruleset.fact";
    private static final Pattern NAME = Pattern.compile("[^\"\\\\\\p{Cntrl}]{1,150}");
    /** Backslash and u would be read before anything else by a Java compiler, even in a comment; the others make a text look different from what it says. */
    private static final Pattern DISGUISED = Pattern.compile("\\\\u|[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\t]]");

    private final Vocabulary vocabulary;
    private final String text;
    private final List<RuleProblem> problems = new ArrayList<>();

    Reader(Vocabulary vocabulary, String text) {
        this.vocabulary = vocabulary;
        this.text = text.replace("\r\n", "\n").replace('\r', '\n');
    }

    Script read() {
        if (text.length() > MOST_CHARACTERS) {
            return new Script(List.of(), List.of(RuleProblem.error(1, 1, "This file is longer than %d characters: split it.".formatted(MOST_CHARACTERS))));
        }
        disguises();
        if (!problems.isEmpty()) {
            return new Script(List.of(), List.copyOf(problems));
        }
        var words = new Words(text);
        if (words.next().kind() == Kind.END) {
            return new Script(List.of(), List.of(RuleProblem.error(1, 1, "There is no rule in this file.")));
        }
        header(words);
        var rules = rules(words);
        if (rules.isEmpty() && problems.isEmpty()) {
            problems.add(RuleProblem.error(1, 1, "There is no rule in this file."));
        }
        var sorted = problems.stream().distinct().sorted(Comparator.comparingInt(RuleProblem::line).thenComparingInt(RuleProblem::column)).limit(MOST_PROBLEMS).toList();
        return new Script(List.copyOf(rules), sorted);
    }

    private void disguises() {
        var lines = text.split("\n", -1);
        for (int line = 1; line <= lines.length && problems.size() < MOST_PROBLEMS; line++) {
            var found = DISGUISED.matcher(lines[line - 1]);
            // The mark that some editors put in front of a file is no disguise there.
            if (found.find(line == 1 && text.startsWith("\uFEFF") ? 1 : 0)) {
                problems.add(RuleProblem.error(line, found.start() + 1, found.group().equals("\\u") ? "Characters written as \\u… aren't part of the rule language: write the character itself."
                        : "There is an invisible character here (U+%04X).".formatted(found.group().codePointAt(0))));
            }
        }
    }

    /** Package, imports and the global say nothing new, and may be left out; so they are checked and forgotten. */
    private void header(Words words) {
        try {
            if (words.next().is("package")) {
                words.take();
                dotted(words);
                words.takeIf(";");
            }
            while (words.next().is("import") || words.next().is("global")) {
                Token what = words.take();
                if (what.is("import")) {
                    onlyFacts(words);
                } else {
                    onlyOurs(words);
                }
                words.takeIf(";");
            }
        } catch (Refused refused) {
            refuse(refused);
            words.skipToNextRule();
        }
    }

    private void onlyFacts(Words words) {
        Token at = words.next();
        if (at.is("function") || at.is("static") || at.is("accumulate") || at.is("acc")) {
            throw new Refused(at.place(), "Functions can't be imported into a rule file.");
        }
        String name = dotted(words);
        if (!name.equals(FACTS + ".*") && !(name.startsWith(FACTS + ".") && vocabulary.facts().containsKey(name.substring(FACTS.length() + 1)))) {
            throw new Refused(at.place(), "Only facts (%s) can be imported here.".formatted(String.join(", ", vocabulary.facts().keySet().stream().map(fact -> FACTS + "." + fact).toList())));
        }
    }

    private void onlyOurs(Words words) {
        Token at = words.next();
        String type = dotted(words);
        Token name = words.take(Kind.WORD, "the global's name");
        if (!name.text().equals(vocabulary.global()) || !type.equals(vocabulary.voice().getName()) && !type.equals(vocabulary.voice().getSimpleName())) {
            throw new Refused(at.place(), "The only global here is '%s', a %s.".formatted(vocabulary.global(), vocabulary.voice().getName()));
        }
    }

    private static String dotted(Words words) {
        var name = new StringBuilder(words.take(Kind.WORD, "a name").text());
        while (words.takeIf(".")) {
            name.append('.').append(words.takeIf("*") ? "*" : words.take(Kind.WORD, "a name").text());
        }
        return name.toString();
    }

    private List<Rule> rules(Words words) {
        var rules = new ArrayList<Rule>();
        var names = new HashSet<String>();
        int conditions = 0;
        while (words.next().kind() != Kind.END) {
            try {
                int before = problems.size();
                Rule rule = rule(words);
                if (!names.add(rule.name())) {
                    problems.add(RuleProblem.error(rule.place().line(), rule.place().column(), "There is a rule named \"%s\" in this file already.".formatted(rule.name())));
                }
                if (names.size() > MOST_RULES) {
                    throw new Refused(rule.place(), "More than %d rules in one file: split it.".formatted(MOST_RULES));
                }
                conditions += rule.patterns().stream().mapToInt(pattern -> size(pattern.when())).sum();
                if (conditions > MOST_CONDITIONS) {
                    throw new Refused(rule.place(), "More than %d conditions in one file: split it.".formatted(MOST_CONDITIONS));
                }
                if (problems.size() == before) {
                    rules.add(rule);
                }
            } catch (Refused refused) {
                refuse(refused);
                if (names.size() > MOST_RULES || conditions > MOST_CONDITIONS || problems.size() >= MOST_PROBLEMS) {
                    break;
                }
                words.skipToNextRule();
            }
        }
        return rules;
    }

    static int size(Condition condition) {
        return switch (condition) {
            case Condition.And and -> and.parts().stream().mapToInt(Reader::size).sum();
            case Condition.Or or -> or.parts().stream().mapToInt(Reader::size).sum();
            case Condition.Not not -> size(not.part());
            case Condition.Holds holds -> 1;
            // A list is compiled value by value.
            case Condition.Comparison comparison -> comparison.right().size();
        };
    }

    private Rule rule(Words words) {
        if (!words.next().is("rule")) {
            throw Foreign.aroundRules(words.next());
        }
        Token begin = words.take();
        Token name = words.take(Kind.TEXT, "the rule's name in double quotes");
        if (!NAME.matcher(name.text()).matches()) {
            throw new Refused(name.place(), "A rule's name has 1 to 150 characters, no quotes and no backslash among them.");
        }
        int salience = 0;
        boolean noLoop = false;
        while (!words.next().is("when")) {
            if (words.next().is("salience")) {
                words.take();
                salience = salience(words);
            } else if (words.next().is("no") && words.second().is("-")) {
                words.take();
                words.take();
                words.expect("loop", "behind 'no-'");
                noLoop = !words.takeIf("false");
                words.takeIf("true");
            } else {
                throw Foreign.atRule(words);
            }
        }
        words.take();
        Map<String, Type> variables = new HashMap<>();
        Map<String, String> facts = new HashMap<>();
        var patterns = patterns(words, variables, facts);
        words.expect("then", "before what the rule says");
        var says = new SayingReader(vocabulary, words, variables, facts, problems).read();
        Token end = words.last();
        if (says.isEmpty()) {
            throw new Refused(end.place(), "This rule says nothing: %s.".formatted(vocabulary.verbs().getFirst().example()));
        }
        return new Rule(name.text(), salience, noLoop, begin.place(), end.place().line(), patterns, says);
    }

    private static int salience(Words words) {
        boolean negative = words.takeIf("-");
        Token number = words.take(Kind.NUMBER, "a whole number, such as salience 10");
        if (!number.text().matches("\\d{1,6}")) {
            throw new Refused(number.place(), "The salience is a whole number of at most six digits.");
        }
        return (negative ? -1 : 1) * Integer.parseInt(number.text());
    }

    private List<Rule.Pattern> patterns(Words words, Map<String, Type> variables, Map<String, String> facts) {
        var patterns = new ArrayList<Rule.Pattern>();
        var seen = new HashSet<String>();
        while (!words.next().is("then")) {
            Token first = words.next();
            var pattern = new PatternReader(vocabulary, words, variables, facts, problems).read();
            if (!seen.add(pattern.fact())) {
                throw new Refused(first.place(), "A rule is about one %s: put all its conditions into one pair of parentheses.".formatted(pattern.fact()));
            }
            patterns.add(pattern);
        }
        if (patterns.isEmpty()) {
            String fact = vocabulary.facts().keySet().iterator().next();
            throw new Refused(words.next().place(), "This rule is about nothing: write $%s : %s( … ) before 'then'.".formatted(fact.substring(0, 1).toLowerCase(java.util.Locale.ROOT), fact));
        }
        return List.copyOf(patterns);
    }

    private void refuse(Refused refused) {
        problems.add(RuleProblem.error(refused.place.line(), refused.place.column(), refused.getMessage()));
    }
}
