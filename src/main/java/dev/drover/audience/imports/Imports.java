package dev.drover.audience.imports;

import dev.drover.kernel.Problem;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.multipart.MultipartFile;

/** Files come in here: looked through, kept, and either shown first or taken at once. */
@Component
class Imports {

    private final ImportJobs jobs;
    private final ImportFiles files;
    private final ImportLoop loop;
    private final TransactionTemplate transaction;

    Imports(ImportJobs jobs, ImportFiles files, ImportLoop loop, TransactionTemplate transaction) {
        this.jobs = jobs;
        this.files = files;
        this.loop = loop;
        this.transaction = transaction;
    }

    /**
     * Takes a file whose columns are clear.
     *
     * @return the job's number
     * @throws Problem rejected when it is no CSV with the columns needed; nothing is kept of it then
     */
    long take(ImportKind kind, MultipartFile file, Map<String, String> mapping, @Nullable Boolean dayFirst) throws IOException {
        var shape = CsvScan.of(file::getInputStream).withDayFirst(dayFirst);
        var complete = Mapping.guess(kind, shape.header()).with(kind, shape.header(), mapping);
        requireClear(kind, complete, shape);
        long id = keep(kind, file, ImportJob.Status.QUEUED, shape, complete);
        loop.wake();
        return id;
    }

    /** Keeps a file for a person to look at first. */
    long preview(ImportKind kind, MultipartFile file) throws IOException {
        var shape = CsvScan.of(file::getInputStream);
        return keep(kind, file, ImportJob.Status.PREVIEW, shape, Mapping.guess(kind, shape.header()));
    }

    /** Takes a file that was kept, with the columns a person chose. */
    void start(long id, Map<String, String> mapping, @Nullable Boolean dayFirst) {
        var job = jobs.require(id);
        var complete = job.mapping().with(job.kind(), job.shape().header(), mapping);
        var shape = job.shape().withDayFirst(dayFirst);
        requireClear(job.kind(), complete, shape);
        jobs.start(id, complete, shape);
        loop.wake();
    }

    /** Lets a failed import go on. */
    void retry(long id) {
        if (!jobs.retry(jobs.require(id).id())) {
            throw Problem.conflict("This import hasn't failed.");
        }
        loop.wake();
    }

    private static void requireClear(ImportKind kind, Mapping mapping, CsvShape shape) {
        mapping.requireComplete(kind, shape.header());
        if (shape.dayFirst() == null) {
            mapping.columns().values().stream().map(shape.header()::indexOf).forEach(column -> shape.first().stream()
                    .filter(row -> column < row.size() && Dates.unclear(row.get(column))).findFirst().ifPresent(row -> {
                        throw Problem.invalid("dates", "'%s' can be read in two ways: say whether the day or the month comes first (dates=day-first or month-first)."
                                .formatted(row.get(column)));
                    }));
        }
    }

    private long keep(ImportKind kind, MultipartFile file, ImportJob.Status status, CsvShape shape, Mapping mapping) {
        String name = file.getOriginalFilename() == null || file.getOriginalFilename().isBlank() ? "file" : file.getOriginalFilename();
        // Some browsers and attackers send a path; only its last part is a name, and it is only shown.
        String shown = name.replaceAll(".*[/\\\\]", "").replaceAll("\\p{Cntrl}", "");
        return transaction.execute(tx -> {
            long id = jobs.create(kind, shown.length() > 200 ? shown.substring(0, 200) : shown, status, shape, mapping);
            try (var content = file.getInputStream()) {
                files.store(id, content);
            } catch (IOException e) {
                throw Problem.rejected("The upload was cut off: " + e.getMessage());
            }
            return id;
        });
    }
}
