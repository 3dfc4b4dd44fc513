package dev.drover.ruleset;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;
import org.drools.drl.parser.ParserError;
import org.jspecify.annotations.Nullable;

/** A rule file read but not compiled: its rules with their places, and what the reader could make nothing of. */
final class ParsedRules {

    private static final Pattern ENTERS = Pattern.compile("\\bsegments\\s*\\.\\s*enter\\s*\\(\\s*[^,()]+,\\s*\"([^\"]*)\"");
    private static final Pattern READER_PREFIX = Pattern.compile("^\\[ERR \\d+] Line \\d+:\\d+ ");

    private final RuleSource source;
    private final List<RuleProblem> problems = new ArrayList<>();
    final @Nullable PackageDescr tree;
    final List<String> lines;

    ParsedRules(RuleSource source) {
        this.source = source;
        this.lines = List.of(source.text().split("\n", -1));
        var parser = new DrlParser();
        PackageDescr read = null;
        try {
            read = parser.parse(false, source.prepared());
        } catch (DroolsParserException | RuntimeException e) {
            problems.add(RuleProblem.error(1, 1, "This can't be read as rules: " + e.getMessage()));
        }
        parser.getErrors().forEach(error -> {
            int line = error instanceof ParserError at ? at.getRow() : error.getLines().length > 0 ? error.getLines()[0] : 1;
            int column = error instanceof ParserError at ? at.getCol() + 1 : 1;
            String message = READER_PREFIX.matcher(error.getMessage()).replaceFirst("");
            problems.add(RuleProblem.error(line, line == 1 ? column - source.preamble().length() : column,
                    Character.toUpperCase(message.charAt(0)) + message.substring(1)));
        });
        this.tree = read;
    }

    /** What stands against reading it. */
    List<RuleProblem> problems() {
        return List.copyOf(problems);
    }

    List<RuleDescr> rules() {
        return tree == null ? List.of() : tree.getRules();
    }

    List<RuleText> texts(int version) {
        return rules().stream().map(rule -> new RuleText(rule.getName(), source.path(), rule.getLine(), text(rule), comment(rule), segments(text(rule)), version)).toList();
    }

    String text(RuleDescr rule) {
        return String.join("\n", lines.subList(Math.max(0, rule.getLine() - 1), Math.min(lines.size(), rule.getEndLine())));
    }

    /** The lines of comment above the rule; above the first one, those at the head of the file. */
    private String comment(RuleDescr rule) {
        int end = rule.getLine() - 1;
        while (end > 0 && lines.get(end - 1).isBlank()) {
            end--;
        }
        int begin = end;
        while (begin > 0 && lines.get(begin - 1).strip().startsWith("//")) {
            begin--;
        }
        if (begin == end && rule == rules().getFirst()) {
            begin = 0;
            end = 0;
            while (end < lines.size() && lines.get(end).strip().startsWith("//")) {
                end++;
            }
        }
        return String.join("\n", lines.subList(begin, end).stream().map(line -> line.strip().substring(2).strip()).toList()).strip();
    }

    private static Set<String> segments(String rule) {
        var keys = new LinkedHashSet<String>();
        var entering = ENTERS.matcher(rule);
        while (entering.find()) {
            keys.add(entering.group(1));
        }
        return keys;
    }
}
