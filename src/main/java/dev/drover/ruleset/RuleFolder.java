package dev.drover.ruleset;

import dev.drover.kernel.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
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

    /**
     * Puts a file there, whole or not at all.
     *
     * @return whether it said something else before
     * @throws IOException when it can't be written, or would stand outside of the folder
     */
    boolean write(String path, byte[] content) throws IOException {
        Path root = folder.toRealPath();
        Path target = root.resolve(RulePath.require(path)).normalize();
        Files.createDirectories(target.getParent());
        // A link in the folder may lead elsewhere.
        if (!target.getParent().toRealPath().startsWith(root) || Files.isSymbolicLink(target)) {
            throw new IOException("%s leads out of the rules folder.".formatted(path));
        }
        if (Files.exists(target) && Arrays.equals(Files.readAllBytes(target), content)) {
            return false;
        }
        Path aside = Files.createTempFile(target.getParent(), ".rules", ".new");
        try {
            Files.write(aside, content);
            // A temporary file is its maker's alone; rules are for everybody who reads the folder.
            if (Files.getFileStore(aside).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rw-r--r--"));
            }
            Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(aside);
        }
        return true;
    }
}
