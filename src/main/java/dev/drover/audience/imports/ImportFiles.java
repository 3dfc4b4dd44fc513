package dev.drover.audience.imports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The files themselves, in the database: any instance can go on with an import, and a backup has them. */
@Component
class ImportFiles {

    private static final int PART = 1 << 20;

    private final JdbcTemplate jdbc;

    ImportFiles(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void store(long importId, InputStream content) throws IOException {
        int part = 0;
        for (byte[] bytes = content.readNBytes(PART); bytes.length > 0; bytes = content.readNBytes(PART)) {
            jdbc.update("INSERT INTO import_part (import_id, part, content) VALUES (?, ?, ?)", importId, part++, bytes);
        }
    }

    /** Reads part by part, so that a large file needs little memory. */
    InputStream open(long importId) {
        return new InputStream() {
            private InputStream current = InputStream.nullInputStream();
            private int next;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int read = current.read(into, offset, length);
                while (read < 0) {
                    var part = jdbc.queryForList("SELECT content FROM import_part WHERE import_id = ? AND part = ?", byte[].class, importId, next);
                    if (part.isEmpty()) {
                        return -1;
                    }
                    next++;
                    current = new ByteArrayInputStream(part.getFirst());
                    read = current.read(into, offset, length);
                }
                return read;
            }

            @Override
            public int available() throws IOException {
                // Above 0 while a part may follow: GZIPInputStream looks here for a second member.
                return Math.max(1, current.available());
            }
        };
    }
}
