package dev.drover.ruleset;

import dev.drover.ruleset.language.Rule;
import java.util.List;

/** A rule file that was read, to be shown: its rules with their text and what their author wrote above them. */
final class ParsedRules {

    private final RuleSource source;
    private final List<Rule> rules;
    private final List<String> lines;

    ParsedRules(RuleSource source) {
        this.source = source;
        this.rules = source.script().rules();
        this.lines = List.of(source.text().split("\n", -1));
    }

    List<Rule> rules() {
        return rules;
    }

    List<RuleText> texts(int version) {
        return rules.stream().map(rule -> new RuleText(rule.name(), source.path(), rule.place().line(), text(rule), comment(rule), rule.enters(), version)).toList();
    }

    String text(Rule rule) {
        return String.join("\n", lines.subList(rule.place().line() - 1, rule.endLine()));
    }

    /** The lines of comment above the rule; above the first one, those at the head of the file. */
    private String comment(Rule rule) {
        int end = rule.place().line() - 1;
        while (end > 0 && lines.get(end - 1).isBlank()) {
            end--;
        }
        int begin = end;
        while (begin > 0 && lines.get(begin - 1).strip().startsWith("//")) {
            begin--;
        }
        if (begin == end && rule == rules.getFirst()) {
            begin = 0;
            end = 0;
            while (end < lines.size() && lines.get(end).strip().startsWith("//")) {
                end++;
            }
        }
        return String.join("\n", lines.subList(begin, end).stream().map(line -> line.strip().substring(2).strip()).toList()).strip();
    }
}
