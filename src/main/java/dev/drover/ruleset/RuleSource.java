package dev.drover.ruleset;

import dev.drover.ruleset.language.Drl;
import dev.drover.ruleset.language.Rule;
import dev.drover.ruleset.language.Script;
import dev.drover.ruleset.language.Vocabulary;
import java.util.Collection;
import java.util.regex.Pattern;

/**
 * A rule file as its author wrote it. Each gets a package of its own: the same rule name in two files is no clash.
 *
 * @param path below the rules folder, such as {@code segments/lapsed.drl}
 */
record RuleSource(String path, String text) {

    private static final Pattern ODD = Pattern.compile("[^A-Za-z0-9]");

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

    /** No two paths share one: what is no letter or digit is written as its number. */
    String packageName() {
        return "rules." + group() + ".of_" + ODD.matcher(path.substring(path.indexOf('/') + 1)).replaceAll(odd -> "_%02x".formatted((int) odd.group().charAt(0)));
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
}
