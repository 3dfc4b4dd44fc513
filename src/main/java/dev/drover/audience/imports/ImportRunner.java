package dev.drover.audience.imports;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes one import to its end in steps. A step is a transaction that takes rows and counts them, so an import that is killed goes on with
 * the row it had reached, in whichever instance looks first.
 */
@Component
class ImportRunner {

    private static final Logger log = LoggerFactory.getLogger(ImportRunner.class);
    private static final int STEP = 2_000;

    /** Far longer than a step; how long a killed instance's import rests until another goes on with it. */
    static final Duration LEASE = Duration.ofSeconds(30);

    private final ImportJobs jobs;
    private final ImportFiles files;
    private final Rejects rejects;
    private final TransactionOrders orders;
    private final TransactionTemplate transaction;
    private final Map<ImportKind, RowTaker> takers = new EnumMap<>(ImportKind.class);

    ImportRunner(ImportJobs jobs, ImportFiles files, Rejects rejects, TransactionOrders orders, TransactionTemplate transaction, List<RowTaker> takers) {
        this.jobs = jobs;
        this.files = files;
        this.rejects = rejects;
        this.orders = orders;
        this.transaction = transaction;
        takers.forEach(taker -> this.takers.put(taker.kind(), taker));
    }

    /** @param goOn asked between steps */
    void run(long id, java.util.function.BooleanSupplier goOn) throws IOException {
        var job = jobs.require(id);
        if (job.orders() == null && !read(job, goOn)) {
            return;
        }
        job = jobs.require(id);
        log.info("Import {} of {}: {} rows read, {} rejected", id, job.fileName(), job.rows(), job.rejected());
        if (job.kind() == ImportKind.TRANSACTIONS && !writeOrders(job, goOn)) {
            return;
        }
        transaction.executeWithoutResult(tx -> jobs.completed(id));
        log.info("Import {} of {} is complete", id, job.fileName());
    }

    private boolean read(ImportJob job, java.util.function.BooleanSupplier goOn) throws IOException {
        var columns = job.columns();
        try (CsvReader<CsvRecord> reader = job.shape().read(files.open(job.id()))) {
            Iterator<CsvRecord> records = reader.iterator();
            records.next();
            long number = 0;
            while (number < job.rows() && records.hasNext()) {
                records.next();
                number++;
            }
            while (records.hasNext()) {
                var rows = new ArrayList<Row>(STEP);
                while (rows.size() < STEP && records.hasNext()) {
                    var record = records.next();
                    rows.add(row(job, ++number, record, columns));
                }
                if (!goOn.getAsBoolean() || !take(job, number - rows.size(), rows)) {
                    return false;
                }
            }
        }
        if (job.kind() != ImportKind.TRANSACTIONS) {
            return true;
        }
        transaction.executeWithoutResult(tx -> jobs.ordersFound(job.id(), orders.number(job.id())));
        return true;
    }

    private static Row row(ImportJob job, long number, CsvRecord record, Map<String, Integer> columns) {
        var row = new Row(number, record.getStartingLineNumber(), record.getFields(), columns, job.shape().dayFirst());
        if (record.getFieldCount() != job.shape().header().size()) {
            row.refuse("This row has %d cells, the header has %d.".formatted(record.getFieldCount(), job.shape().header().size()));
        }
        return row;
    }

    private boolean take(ImportJob job, long before, List<Row> rows) {
        return Boolean.TRUE.equals(transaction.execute(tx -> {
            var locked = jobs.lock(job.id(), before, 0);
            if (locked.isEmpty()) {
                return false;
            }
            takers.get(job.kind()).take(job, rows.stream().filter(row -> row.problems().isEmpty()).toList());
            var bad = rows.stream().filter(row -> !row.problems().isEmpty())
                    .map(row -> new Rejects.Reject(row.number(), row.line(), String.join(" ", row.problems()), row.cells())).toList();
            rejects.add(job.id(), locked.get().rejected(), bad);
            jobs.progress(job.id(), rows.size(), rows.size() - bad.size(), bad.size(), LEASE);
            return true;
        }));
    }

    private boolean writeOrders(ImportJob job, java.util.function.BooleanSupplier goOn) {
        long all = job.orders();
        for (long done = job.ordersDone(); done < all;) {
            long from = done;
            long step = Math.min(TransactionOrders.STEP, all - from);
            boolean went = goOn.getAsBoolean() && Boolean.TRUE.equals(transaction.execute(tx -> {
                var locked = jobs.lock(job.id(), job.rows(), from);
                locked.ifPresent(now -> {
                    var refused = orders.write(now, from);
                    rejects.add(job.id(), now.rejected(), refused);
                    jobs.ordersDone(job.id(), step, refused.size(), LEASE);
                });
                return locked.isPresent();
            }));
            if (!went) {
                return false;
            }
            done += step;
        }
        return true;
    }
}
