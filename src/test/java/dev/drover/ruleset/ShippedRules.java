package dev.drover.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The rules of the checkout, compiled as the application does. */
final class ShippedRules {

    private ShippedRules() {}

    static RuleGroup compile(String group) {
        var sources = new TreeMap<String, String>();
        new RuleFolder(Path.of("rules")).read().forEach((path, bytes) -> {
            if (path.startsWith(group + "/")) {
                var reading = RuleReading.of(path, bytes);
                assertThat(reading.problems()).isEmpty();
                sources.put(path, reading.content().source());
            }
        });
        return compile(group, sources);
    }

    static RuleGroup compile(String group, Map<String, String> sources) {
        var files = sources.entrySet().stream().map(file -> RuleVersion.draft(file.getKey(), file.getValue(), Instant.EPOCH)).toList();
        var outcome = new GroupCompiler(new Compiler()).compile(group, files, List.of());
        assertThat(outcome.problems()).isEmpty();
        return Objects.requireNonNull(outcome.group());
    }
}
