package dev.drover.audience.imports;

import dev.drover.kernel.CsvText;
import java.io.PrintWriter;
import java.sql.Array;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Rows that weren't taken, as they stood in the file, each with its reason. */
@Component
class Rejects {

    /** Beyond, rows are only counted: nobody mends a hundred thousand rows by hand. */
    private static final int MOST = 100_000;

    record Reject(long row, long line, String reason, List<String> cells) {}

    private final JdbcTemplate jdbc;

    Rejects(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void add(long importId, long alreadyRejected, List<Reject> rejects) {
        if (alreadyRejected >= MOST || rejects.isEmpty()) {
            return;
        }
        jdbc.batchUpdate("INSERT INTO import_reject (import_id, row, line, reason, cells) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", rejects, 1_000,
                (statement, reject) -> {
                    statement.setLong(1, importId);
                    statement.setLong(2, reject.row());
                    statement.setLong(3, reject.line());
                    statement.setString(4, reject.reason().replace("\0", ""));
                    statement.setArray(5, statement.getConnection().createArrayOf("text", reject.cells().stream().map(cell -> cell.replace("\0", "")).toArray()));
                });
    }

    List<Reject> first(long importId, int limit) {
        return after(importId, 0, limit);
    }

    /** The reasons and how often each was met, the most frequent first; what differs by row is left out of them. */
    List<Reason> reasons(long importId) {
        return jdbc.query("""
                SELECT regexp_replace(reason, '''[^'']*''', '…', 'g') AS said, count(*) AS times
                  FROM import_reject WHERE import_id = ? GROUP BY said ORDER BY times DESC, said LIMIT 8""",
                (row, n) -> new Reason(row.getString("said"), row.getLong("times")), importId);
    }

    record Reason(String said, long times) {}

    /** Writes them as CSV, the reason in front, so that they can be mended and sent again. */
    void write(ImportJob job, PrintWriter out) {
        out.print("line,reason," + String.join(",", job.shape().header().stream().map(CsvText::cell).toList()) + "\r\n");
        long row = 0;
        for (var part = after(job.id(), row, 1_000); !part.isEmpty(); part = after(job.id(), row, 1_000)) {
            for (Reject reject : part) {
                out.print(reject.line() + "," + CsvText.cell(reject.reason()) + "," + String.join(",", reject.cells().stream().map(CsvText::cell).toList()) + "\r\n");
                row = reject.row();
            }
        }
    }

    private List<Reject> after(long importId, long row, int limit) {
        return jdbc.query("SELECT * FROM import_reject WHERE import_id = ? AND row > ? ORDER BY row LIMIT ?", (found, n) -> {
            Array cells = found.getArray("cells");
            return new Reject(found.getLong("row"), found.getLong("line"), found.getString("reason"), List.of((String[]) cells.getArray()));
        }, importId, row, limit);
    }
}
