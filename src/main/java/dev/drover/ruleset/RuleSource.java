package dev.drover.ruleset;

import dev.drover.ruleset.fact.DeliveryVerbs;
import dev.drover.ruleset.fact.SegmentVerbs;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A rule file as its author wrote it.
 *
 * <p>Package, imports and globals may be left out. They are put in front of the first line, so that every other line keeps its number. Each
 * file gets a package of its own: the same rule name in two files is no clash.
 *
 * @param path below the rules folder, such as {@code segments/lapsed.drl}
 */
record RuleSource(String path, String text) {

    private static final Pattern PACKAGE = Pattern.compile("(?m)^[ \\t]*package[ \\t]+[\\w.]+[ \\t]*;?");
    private static final Pattern GLOBAL = Pattern.compile("(?m)^[ \\t]*global[ \\t]+[\\w.]+[ \\t]+(segments|delivery)\\b");

    RuleSource {
        text = text.replace("\r\n", "\n").replace('\r', '\n');
    }

    String group() {
        return path.substring(0, path.indexOf('/'));
    }

    /** By what name its rules call their verbs. */
    String global() {
        return global(group());
    }

    static String global(String group) {
        return group.equals("eligibility") ? "delivery" : "segments";
    }

    String preamble() {
        String verbs = (group().equals("eligibility") ? DeliveryVerbs.class : SegmentVerbs.class).getName();
        return "package %s; import dev.drover.ruleset.fact.*; %s".formatted(packageName(),
                GLOBAL.matcher(text).find() ? "" : "global %s %s; ".formatted(verbs, global()));
    }

    String packageName() {
        return "rules." + group() + "." + path.substring(path.indexOf('/') + 1).replace(".drl", "").replaceAll("\\W", "_") + "_rules";
    }

    String file() {
        return packageName().replace('.', '/') + "/rules.drl";
    }

    /** For the compiler. */
    String prepared() {
        var own = PACKAGE.matcher(text);
        String rest = own.find() ? text.substring(0, own.start()) + " ".repeat(own.end() - own.start()) + text.substring(own.end()) : text;
        return preamble() + rest;
    }

    /** The same file with only these lines (first is 1) left of its rules, for finding out which rule is meant. */
    RuleSource only(int from, int to, int firstRule) {
        var lines = text.split("\n", -1);
        for (int line = firstRule; line <= lines.length; line++) {
            if (line < from || line > to) {
                lines[line - 1] = "";
            }
        }
        return new RuleSource(path, String.join("\n", lines));
    }

    /** The same file with these rules left out, every other line keeping its number. */
    RuleSource without(Set<String> rules) {
        if (rules.isEmpty()) {
            return this;
        }
        var lines = text.split("\n", -1);
        new ParsedRules(this).rules().stream().filter(rule -> rules.contains(rule.getName()))
                .forEach(rule -> Arrays.fill(lines, Math.max(0, rule.getLine() - 1), Math.min(lines.length, rule.getEndLine()), ""));
        return new RuleSource(path, String.join("\n", lines));
    }
}
