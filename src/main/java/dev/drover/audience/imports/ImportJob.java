package dev.drover.audience.imports;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An import as the database has it.
 *
 * @param rows       read so far, below the header
 * @param orders     of a transactions file once all its lines are read, else {@code null}
 * @param ordersDone of them, already written
 */
record ImportJob(long id, ImportKind kind, String fileName, Status status, CsvShape shape, Mapping mapping, long rows, long accepted, long rejected,
        @Nullable Long orders, long ordersDone, @Nullable String reason, Instant createdAt, @Nullable Instant finishedAt) {

    /** Reading lines is most of the work of a file of transactions; writing orders is the rest. */
    private static final double READING = 0.6;

    enum Status {
        PREVIEW, QUEUED, RUNNING, COMPLETED, FAILED;

        String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        boolean open() {
            return this == QUEUED || this == RUNNING;
        }
    }

    /** 0 to 1. */
    double progress() {
        if (status == Status.COMPLETED) {
            return 1;
        }
        double read = Math.min(1, rows / Math.max(1.0, shape.lines() - 1));
        if (kind != ImportKind.TRANSACTIONS) {
            return read;
        }
        return orders == null ? READING * read : READING + (1 - READING) * ordersDone / Math.max(1, orders);
    }

    int percent() {
        return (int) (100 * progress());
    }

    /** Where in a row each mapped field stands. */
    Map<String, Integer> columns() {
        var columns = new HashMap<String, Integer>();
        mapping.columns().forEach((field, column) -> columns.put(field, shape.header().indexOf(column)));
        return columns;
    }
}
