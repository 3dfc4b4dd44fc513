package dev.drover.ruleset;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** Looks at an uploaded workbook before anything heavy opens it: a few kilobytes of archive can hold gigabytes. */
final class WorkbookGuard {

    private static final int MOST_UNPACKED = 8 << 20;
    private static final int MOST_PARTS = 200;

    private WorkbookGuard() {}

    /** @return why it isn't taken; {@code null}: it is */
    static @Nullable String refusal(byte[] bytes) {
        long unpacked = 0;
        int parts = 0;
        boolean workbook = false;
        byte[] buffer = new byte[8192];
        try (var archive = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (var part = archive.getNextEntry(); part != null; part = archive.getNextEntry()) {
                if (++parts > MOST_PARTS) {
                    return "This workbook has more than %d parts: a decision table is one plain sheet.".formatted(MOST_PARTS);
                }
                if (part.getName().startsWith("xl/externalLinks/")) {
                    return "This workbook has links to other files: a decision table stands by itself.";
                }
                if (part.getName().endsWith("vbaProject.bin")) {
                    return "This workbook has macros: save it without.";
                }
                workbook |= part.getName().equals("xl/workbook.xml");
                for (int read = archive.read(buffer); read >= 0; read = archive.read(buffer)) {
                    unpacked += read;
                    if (unpacked > MOST_UNPACKED) {
                        return "This workbook is larger than %d MB once it is unpacked: split it.".formatted(MOST_UNPACKED >> 20);
                    }
                }
            }
        } catch (IOException | IllegalArgumentException damaged) {
            return "This is no workbook (.xlsx), or a damaged one.";
        }
        return workbook ? null : "This is no workbook (.xlsx).";
    }
}
