package dev.drover.ruleset;

import dev.drover.ruleset.language.Drl;
import dev.drover.ruleset.language.Rule;
import dev.drover.ruleset.language.Script;
import dev.drover.ruleset.language.Vocabulary;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;

/**
 * A rule file as its author wrote it. Each gets a package of its own: the same rule name in two files is no clash.
 *
 * @param path below the rules folder, such as {@code segments/lapsed.drl}
 */
record RuleSource(String path, String text) {

    RuleSource {
        text = text.replace("\r\n", "\n").replace('\r', '\n');
    }

    String group() {
        return path.substring(0, path.indexOf('/'));
    }

    /** By what name the rules of a group call their verbs. */
    static String global(String group) {
        return Vocabulary.of(group).global();
    }

    String packageName() {
        return "rules." + group() + "." + path.substring(path.indexOf('/') + 1).replaceFirst("\\.drl$", "").replaceAll("\\W", "_") + "_rules";
    }

    String file() {
        return packageName().replace('.', '/') + "/rules.drl";
    }

    Script script() {
        return Script.read(group(), text);
    }

    /** These of its rules for the compiler. */
    String prepared(Collection<Rule> rules) {
        return Drl.of(packageName(), group(), rules);
    }

    /** The same file with these rules left out, every other line keeping its number. */
    RuleSource without(Set<String> rules) {
        if (rules.isEmpty()) {
            return this;
        }
        var lines = text.split("\n", -1);
        new ParsedRules(this).rules().stream().filter(rule -> rules.contains(rule.name()))
                .forEach(rule -> Arrays.fill(lines, Math.max(0, rule.place().line() - 1), Math.min(lines.length, rule.endLine()), ""));
        return new RuleSource(path, String.join("\n", lines));
    }
}
