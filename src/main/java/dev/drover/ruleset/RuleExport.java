package dev.drover.ruleset;

import dev.drover.kernel.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Component;

/** The newest versions as files again, for those who keep them in Git. */
@Component
class RuleExport {

    /**
     * @param written   whose file in the folder is another now, or new
     * @param unchanged how many said the same already
     * @param left      taken away here, but still in the folder: for the one who keeps it to delete
     */
    record Written(List<String> written, int unchanged, List<String> left) {}

    private final Rulesets rulesets;

    RuleExport(Rulesets rulesets) {
        this.rulesets = rulesets;
    }

    /** The same bytes as long as nobody publishes: names in order, each with the time of its version. */
    byte[] zip() {
        var bytes = new ByteArrayOutputStream();
        try (var archive = new ZipOutputStream(bytes)) {
            for (var file : contents().entrySet()) {
                var entry = new ZipEntry(file.getKey().path());
                entry.setTimeLocal(file.getKey().at().atZone(java.time.ZoneOffset.UTC).toLocalDateTime());
                archive.putNextEntry(entry);
                archive.write(file.getValue());
                archive.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws Problem unavailable when the folder can't be written */
    Written writeToFolder() {
        var files = new TreeMap<String, byte[]>();
        contents().forEach((version, content) -> files.put(version.path(), content));
        return rulesets.writeToFolder(files);
    }

    private Map<RuleVersion, byte[]> contents() {
        var contents = new TreeMap<RuleVersion, byte[]>(java.util.Comparator.comparing(RuleVersion::path));
        rulesets.heads().forEach(head -> contents.put(head, RulePath.isTable(head.path()) ? rulesets.workbook(head.path(), head.number())
                : head.rules().text().getBytes(StandardCharsets.UTF_8)));
        return contents;
    }
}
