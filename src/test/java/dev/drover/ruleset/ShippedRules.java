package dev.drover.ruleset;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rules of the checkout, compiled as the application does. */
final class ShippedRules {

    private ShippedRules() {}

    static RuleGroup compile(String group) {
        var sources = new TreeMap<>(new RuleFolder(Path.of("rules")).read());
        sources.keySet().removeIf(path -> !path.startsWith(group + "/"));
        return compile(group, sources);
    }

    static RuleGroup compile(String group, Map<String, String> sources) {
        List<RuleSource> files = sources.entrySet().stream().map(file -> new RuleSource(file.getKey(), file.getValue())).toList();
        var outcome = new Compiler().compile(files);
        if (outcome.base() == null) {
            throw new AssertionError(outcome.complaints().toString());
        }
        return new RuleGroup(group, sources, outcome.base());
    }
}
