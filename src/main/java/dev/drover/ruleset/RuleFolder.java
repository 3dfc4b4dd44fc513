package dev.drover.ruleset;

import dev.drover.kernel.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Rule files as they lie on disk: {@code <folder>/<group>/<name>.drl}. */
record RuleFolder(Path folder) {

    Map<String, String> read() {
        var sources = new TreeMap<String, String>();
        if (!Files.isDirectory(folder)) {
            throw new StartFailure("There is no rules folder at %s.".formatted(folder.toAbsolutePath()), "Start in the checkout, or set DROVER_RULES.", null);
        }
        try (var paths = Files.find(folder, 2, (path, attributes) -> attributes.isRegularFile() && path.toString().endsWith(".drl"))) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                if (name.contains("/")) {
                    sources.put(name, new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
                }
            }
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
