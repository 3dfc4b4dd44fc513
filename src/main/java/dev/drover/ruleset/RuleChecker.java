package dev.drover.ruleset;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.drools.drl.ast.descr.RuleDescr;

/**
 * Says what is wrong in a rule file, where, and in words for whoever wrote it. The compiler gives up at its first complaint and names a line
 * of generated code or none; so the rules are compiled one by one, and the place is found by the words of the complaint.
 */
final class RuleChecker {

    private static final int MOST_CHARACTERS = 200_000;
    private static final int MOST_RULES = 200;
    private static final String FACTS = "dev.drover.ruleset.fact.";
    private static final Pattern UNKNOWN_FIELD = Pattern.compile("Unknown field (\\w+) on class (?:dev\\.drover\\.ruleset\\.fact\\.)?([\\w.]+)");
    private static final Pattern CONSTRAINT = Pattern.compile("new org\\.drools\\.model\\.functions\\.PredicateInformation\\(\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern WORD = Pattern.compile("left part of expression: (.+)|[Uu]nable to find class: ([\\w.]+)|Unknown field (\\w+)|The method (\\w+)\\(|method '?(\\w+)'?|For input string: \"([^\"]*)\""
            + "|(\\$?\\w+) cannot be resolved|field '?(\\w+)'?|'([^']+)'|\"([^\"]+)\"");

    private final Compiler compiler;

    RuleChecker(Compiler compiler) {
        this.compiler = compiler;
    }

    List<RuleProblem> check(RuleSource source) {
        if (source.text().length() > MOST_CHARACTERS) {
            return List.of(RuleProblem.error(1, 1, "This file is longer than %d characters: split it.".formatted(MOST_CHARACTERS)));
        }
        try {
            return checkAll(source);
        } catch (StackOverflowError tooDeep) {
            return List.of(RuleProblem.error(1, 1, "This file is nested too deeply to be understood."));
        }
    }

    private List<RuleProblem> checkAll(RuleSource source) {
        var parsed = new ParsedRules(source);
        var problems = new LinkedHashSet<>(parsed.problems());
        if (problems.isEmpty()) {
            problems.addAll(foreign(parsed, source));
        }
        if (problems.isEmpty() && parsed.rules().isEmpty()) {
            problems.add(RuleProblem.error(1, 1, "There is no rule in this file."));
        }
        if (parsed.rules().size() > MOST_RULES) {
            problems.add(RuleProblem.error(parsed.rules().get(MOST_RULES).getLine(), 1, "More than %d rules in one file: split it.".formatted(MOST_RULES)));
        }
        if (problems.isEmpty()) {
            problems.addAll(twice(parsed));
            for (RuleDescr rule : parsed.rules()) {
                problems.addAll(check(rule, parsed, source));
            }
        }
        return problems.stream().sorted(Comparator.comparingInt(RuleProblem::line).thenComparingInt(RuleProblem::column)).toList();
    }

    private static List<RuleProblem> twice(ParsedRules parsed) {
        var names = new LinkedHashSet<String>();
        return parsed.rules().stream().filter(rule -> !names.add(rule.getName()))
                .map(rule -> RuleProblem.error(rule.getLine(), 1, "There is a rule named \"%s\" in this file already.".formatted(rule.getName()))).toList();
    }

    /** Rules read facts and say a verb. Everything else that a rule file could hold is refused. */
    private static List<RuleProblem> foreign(ParsedRules parsed, RuleSource source) {
        var problems = new ArrayList<RuleProblem>();
        var tree = parsed.tree;
        if (tree == null) {
            return problems;
        }
        tree.getImports().stream().filter(one -> !one.getTarget().startsWith(FACTS))
                .forEach(one -> problems.add(place(parsed, 1, parsed.lines.size(), one.getTarget(), "Only facts (%s*) can be imported.".formatted(FACTS))));
        tree.getFunctionImports().forEach(one -> problems.add(place(parsed, 1, parsed.lines.size(), one.getTarget(), "Functions can't be imported into a rule file.")));
        tree.getFunctions().forEach(one -> problems.add(RuleProblem.error(one.getLine(), 1, "A rule file can't hold functions.")));
        tree.getTypeDeclarations().forEach(one -> problems.add(RuleProblem.error(one.getLine(), 1, "A rule file can't declare types.")));
        tree.getGlobals().stream().filter(one -> !one.getIdentifier().equals(source.global()) || !one.getType().matches("(dev\\.drover\\.ruleset\\.fact\\.)?\\w+"))
                .forEach(one -> problems.add(place(parsed, 1, parsed.lines.size(), one.getIdentifier(), "The only global here is '%s'.".formatted(source.global()))));
        return problems;
    }

    private List<RuleProblem> check(RuleDescr rule, ParsedRules parsed, RuleSource source) {
        var consequence = new Consequence(rule, parsed.lines);
        if (!consequence.problems().isEmpty()) {
            return consequence.problems();
        }
        int firstRule = parsed.rules().getFirst().getLine();
        var alone = parsed.rules().size() == 1 ? source : source.only(rule.getLine(), rule.getEndLine(), firstRule);
        var problems = new ArrayList<>(source.group().equals("segments") ? consequence.unnamedSegments() : List.of());
        var said = new LinkedHashSet<String>();
        // One mistake comes back from several generated classes; the one of the constraint knows its text.
        var complaints = compiler.complaints(alone).stream()
                .sorted(Comparator.comparing(complaint -> complaint.generated() == null || !complaint.generated().contains("PredicateInformation"))).toList();
        for (var complaint : complaints) {
            if (said.add(complaint.text())) {
                problems.add(locate(complaint, rule, consequence, parsed));
            }
        }
        return problems;
    }

    private static RuleProblem locate(Compiler.Complaint complaint, RuleDescr rule, Consequence consequence, ParsedRules parsed) {
        String words = tidy(complaint.text());
        String word = word(complaint.text());
        if (complaint.generated() != null && complaint.generated().contains("enum LambdaConsequence")) {
            var lines = complaint.generated().split("\n", -1);
            var place = consequence.find(complaint.line() > 0 && complaint.line() <= lines.length ? lines[complaint.line() - 1] : "", word);
            return RuleProblem.error(place.line(), place.column(), words);
        }
        if (complaint.generated() != null) {
            Matcher constraint = CONSTRAINT.matcher(complaint.generated());
            if (constraint.find()) {
                String text = constraint.group(1).replace("\\\"", "\"").replace("\\\\", "\\");
                return place(parsed, rule.getLine(), rule.getConsequenceLine(), text, "In \"%s\": %s".formatted(text, words));
            }
        }
        return place(parsed, rule.getLine(), rule.getConsequenceLine(), word, words);
    }

    /** The first place of the words in these lines; the rule's first line where they aren't found. */
    private static RuleProblem place(ParsedRules parsed, int from, int to, String words, String message) {
        var pattern = Pattern.compile("(?<![\\w$])" + Pattern.quote(words) + "(?!\\w)");
        for (int line = from; !words.isEmpty() && line <= Math.min(to, parsed.lines.size()); line++) {
            Matcher found = pattern.matcher(parsed.lines.get(line - 1));
            if (found.find()) {
                return RuleProblem.error(line, found.start() + 1, message);
            }
        }
        return RuleProblem.error(from, 1, message);
    }

    /** The word a complaint is about. */
    private static String word(String complaint) {
        Matcher found = WORD.matcher(complaint);
        if (!found.find()) {
            return "";
        }
        for (int group = 1; group <= found.groupCount(); group++) {
            if (found.group(group) != null) {
                return found.group(group).strip();
            }
        }
        return "";
    }

    private static String tidy(String complaint) {
        String first = complaint.lines().findFirst().orElse("").strip();
        Matcher unknown = UNKNOWN_FIELD.matcher(first);
        if (unknown.find()) {
            return "%s has no '%s'%s".formatted(unknown.group(2), unknown.group(1), fields(unknown.group(2)));
        }
        return first.replace(FACTS, "")
                .replaceFirst("^Unable to find class: (.+)", "There is no fact '$1': the facts are Customer in segments, Message and Recipient in eligibility.")
                .replaceFirst("^Unable to parse left part of expression: (.+)", "Can't understand '$1'.")
                .replaceFirst("^For input string: (.+)", "$1 stands where a number is expected.");
    }

    private static String fields(String fact) {
        try {
            return ": it has " + Arrays.stream(Class.forName(FACTS + fact).getMethods()).filter(method -> method.getDeclaringClass() != Object.class)
                    .filter(method -> method.getParameterCount() == 0).map(Method::getName).filter(name -> name.matches("(get|is)[A-Z]\\w*"))
                    .map(name -> name.replaceFirst("^(get|is)", "")).map(name -> name.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + name.substring(1))
                    .sorted().collect(Collectors.joining(", ")) + ".";
        } catch (ClassNotFoundException e) {
            return ".";
        }
    }
}
