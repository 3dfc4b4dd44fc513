package dev.drover.audience.imports;

import dev.drover.kernel.Json;
import dev.drover.kernel.Page;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of imports: who works on which, how far it is. */
@Component
class ImportJobs {

    private static final RowMapper<ImportJob> JOB = (row, n) -> {
        var mapping = new LinkedHashMap<String, String>();
        Json.map(row.getString("mapping")).forEach((field, column) -> mapping.put(field, String.valueOf(column)));
        var finished = row.getTimestamp("finished_at");
        return new ImportJob(row.getLong("id"), ImportKind.of(row.getString("kind")), row.getString("file_name"),
                ImportJob.Status.valueOf(row.getString("status").toUpperCase(java.util.Locale.ROOT)), Json.read(row.getString("shape"), CsvShape.class),
                new Mapping(mapping), row.getLong("rows"), row.getLong("accepted"), row.getLong("rejected"), row.getObject("orders", Long.class),
                row.getLong("orders_done"), row.getString("reason"), row.getTimestamp("created_at").toInstant(),
                finished == null ? null : finished.toInstant());
    };

    private final JdbcClient jdbc;
    private final PlatformClock clock;

    ImportJobs(JdbcClient jdbc, PlatformClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    long create(ImportKind kind, String fileName, ImportJob.Status status, CsvShape shape, Mapping mapping) {
        return jdbc.sql("""
                INSERT INTO import_job (kind, file_name, status, shape, mapping, lines, created_at)
                VALUES (?, ?, ?, ?::jsonb, ?::jsonb, ?, ?) RETURNING id""")
                .params(kind.key(), fileName, status.key(), Json.write(shape), Json.write(mapping.columns()), shape.lines(), now())
                .query(Long.class).single();
    }

    /** @throws Problem not found */
    ImportJob require(long id) {
        return byId(id).orElseThrow(() -> Problem.notFound("There is no import " + id + "."));
    }

    Optional<ImportJob> byId(long id) {
        return jdbc.sql("SELECT * FROM import_job WHERE id = ?").param(id).query(JOB).optional();
    }

    Page<ImportJob> list(@Nullable String after, int limit) {
        var found = jdbc.sql("SELECT * FROM import_job WHERE status <> 'preview' AND id < ? ORDER BY id DESC LIMIT ?")
                .params(Objects.requireNonNullElse(Page.number(after), Long.MAX_VALUE), limit + 1).query(JOB).list();
        return Page.of(found, limit, job -> Long.toString(job.id()));
    }

    /** @return whether it waited for that: a second click changes nothing */
    boolean start(long id, Mapping mapping, CsvShape shape) {
        return jdbc.sql("UPDATE import_job SET status = 'queued', mapping = ?::jsonb, shape = ?::jsonb WHERE id = ? AND status = 'preview'")
                .params(Json.write(mapping.columns()), Json.write(shape), id).update() == 1;
    }

    /** A failed one goes on where it stood. */
    boolean retry(long id) {
        return jdbc.sql("UPDATE import_job SET status = 'queued', tries = 0, reason = NULL, finished_at = NULL WHERE id = ? AND status = 'failed'").param(id).update() == 1;
    }

    /** The oldest import that nobody works on. Whoever takes it must show progress within the lease, else another instance goes on with it. */
    Optional<Long> claim(Duration lease) {
        return jdbc.sql("""
                UPDATE import_job SET status = 'running', lease_until = clock_timestamp() + ? * interval '1 second'
                 WHERE id = (SELECT id FROM import_job WHERE status IN ('queued', 'running') AND (lease_until IS NULL OR lease_until < clock_timestamp())
                              ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING id""").params(lease.toSeconds()).query(Long.class).optional();
    }

    /**
     * Locks the job for a step's transaction; empty when it isn't where the caller believes, because another instance has gone on with it
     * meanwhile. So no row is taken twice, whoever was slow.
     */
    Optional<ImportJob> lock(long id, long rows, long ordersDone) {
        return jdbc.sql("SELECT * FROM import_job WHERE id = ? AND status = 'running' AND rows = ? AND orders_done = ? FOR UPDATE SKIP LOCKED")
                .params(id, rows, ordersDone).query(JOB).optional();
    }

    void progress(long id, long rows, long accepted, long rejected, Duration lease) {
        jdbc.sql("""
                UPDATE import_job SET rows = rows + ?, accepted = accepted + ?, rejected = rejected + ?, tries = 0,
                       lease_until = clock_timestamp() + ? * interval '1 second' WHERE id = ?""")
                .params(rows, accepted, rejected, lease.toSeconds(), id).update();
    }

    void ordersFound(long id, long orders) {
        jdbc.sql("UPDATE import_job SET orders = ? WHERE id = ?").params(orders, id).update();
    }

    /** @param refused of the accepted lines, those that turned out not to fit */
    void ordersDone(long id, long orders, long refused, Duration lease) {
        jdbc.sql("""
                UPDATE import_job SET orders_done = orders_done + ?, accepted = accepted - ?, rejected = rejected + ?, tries = 0,
                       lease_until = clock_timestamp() + ? * interval '1 second' WHERE id = ?""")
                .params(orders, refused, refused, lease.toSeconds(), id).update();
    }

    void completed(long id) {
        jdbc.sql("UPDATE import_job SET status = 'completed', lease_until = NULL, finished_at = ? WHERE id = ?").params(now(), id).update();
        jdbc.sql("DELETE FROM import_part WHERE import_id = ?").param(id).update();
        jdbc.sql("DELETE FROM import_line WHERE import_id = ?").param(id).update();
        jdbc.sql("DELETE FROM import_order WHERE import_id = ?").param(id).update();
    }

    /** @return how often it has failed at this place, this time included */
    int failedOnce(long id, String reason) {
        return jdbc.sql("UPDATE import_job SET tries = tries + 1, reason = ?, lease_until = NULL WHERE id = ? RETURNING tries")
                .params(reason, id).query(Integer.class).optional().orElse(Integer.MAX_VALUE);
    }

    void failed(long id) {
        jdbc.sql("UPDATE import_job SET status = 'failed', finished_at = ? WHERE id = ? AND status = 'running'").params(now(), id).update();
    }

    /** Lets go of an import that this instance won't finish, so that the next start goes on at once. */
    void release(long id) {
        jdbc.sql("UPDATE import_job SET lease_until = NULL WHERE id = ?").param(id).update();
    }

    /** Files that somebody looked at and left. */
    void forgetPreviewsBefore(Instant before) {
        jdbc.sql("DELETE FROM import_job WHERE status = 'preview' AND created_at < ?").param(Timestamp.from(before)).update();
    }

    /** Counts for a tile or a list. */
    Map<String, Object> answer(ImportJob job) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("id", job.id());
        answer.put("kind", job.kind().key());
        answer.put("fileName", job.fileName());
        answer.put("status", job.status().key());
        answer.put("rows", job.rows());
        answer.put("accepted", job.accepted());
        answer.put("rejected", job.rejected());
        answer.put("progress", Math.round(job.progress() * 1_000) / 1_000.0);
        answer.put("reason", job.reason());
        answer.put("note", job.shape().note());
        answer.put("mapping", job.mapping().columns());
        answer.put("createdAt", job.createdAt());
        answer.put("finishedAt", job.finishedAt());
        return answer;
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
