package dev.drover.ruleset;

import dev.drover.kernel.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Rule files as they lie on disk: {@code <folder>/<group>/<name>.drl} and {@code .drl.xlsx}. */
record RuleFolder(Path folder) {

    /** @return by path below the folder; of a file that is too large its beginning, one byte more than is allowed */
    Map<String, byte[]> read() {
        var files = new TreeMap<String, byte[]>();
        if (!Files.isDirectory(folder)) {
            throw new StartFailure("There is no rules folder at %s.".formatted(folder.toAbsolutePath()), "Start in the checkout, or set DROVER_RULES.", null);
        }
        try (var paths = Files.find(folder, 2, (path, attributes) -> attributes.isRegularFile() && RulePath.isRuleFile(path.getFileName().toString()))) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                if (name.contains("/")) {
                    try (var in = Files.newInputStream(path)) {
                        files.put(name, in.readNBytes(RuleReading.MOST_BYTES + 1));
                    }
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
