package dev.drover.engine.history.exporter;

import io.camunda.zeebe.exporter.api.Exporter;
import io.camunda.zeebe.exporter.api.context.Context;
import io.camunda.zeebe.exporter.api.context.Controller;
import io.camunda.zeebe.protocol.record.Record;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;

/**
 * Copies the engine's log into PostgreSQL in batches of at most {@value #BATCH} changes, at the latest after a fifth of a second. The position
 * moves in the same transaction, and what lies below it is left out: however often the engine repeats a record, it counts once.
 *
 * <p>While PostgreSQL is away, the engine goes on and keeps its log; the exporter catches up afterwards.
 *
 * <p>Arguments: {@code url} (JDBC), {@code user}, {@code password}, {@code engine} (names this engine's data).
 */
public final class HistoryExporter implements Exporter {

    private static final int BATCH = 1_000;
    private static final Duration BEAT = Duration.ofMillis(200);
    private static final Duration AWAY = Duration.ofSeconds(2);

    private final Records records = new Records();
    private final List<Change> waiting = new ArrayList<>();
    private Logger log;
    private Controller controller;
    private HistoryWriter writer;
    private long seen = -1;
    private long acknowledged = -1;
    private boolean away;

    @Override
    public void configure(Context context) {
        log = context.getLogger();
        Map<String, Object> arguments = context.getConfiguration().getArguments();
        var target = new HistoryWriter.Target(argument(arguments, "url"), argument(arguments, "user"), argument(arguments, "password"),
                argument(arguments, "engine"));
        writer = new HistoryWriter(target, context.getPartitionId());
        context.setFilter(records);
    }

    private static String argument(Map<String, Object> arguments, String name) {
        Object value = arguments.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The exporter 'drover' needs the argument '%s'.".formatted(name));
        }
        return value.toString();
    }

    @Override
    public void open(Controller controller) {
        this.controller = controller;
        controller.scheduleCancellableTask(BEAT, this::beat);
    }

    @Override
    public void export(Record<?> record) {
        // After a failed write the engine hands the same record again.
        if (record.getPosition() > seen) {
            records.read(record).ifPresent(waiting::add);
            seen = record.getPosition();
        }
        if (waiting.size() >= BATCH) {
            write();
        }
    }

    private void beat() {
        Duration next = BEAT;
        try {
            write();
        } catch (RuntimeException e) {
            next = AWAY;
        } finally {
            controller.scheduleCancellableTask(next, this::beat);
        }
    }

    private void write() {
        if (!waiting.isEmpty()) {
            try {
                writer.write(waiting);
                waiting.clear();
                told(false, "The history is being written again");
            } catch (SQLException e) {
                told(true, "The history can't be written, the engine goes on and keeps it: " + e.getMessage());
                throw new IllegalStateException(e);
            }
        }
        if (seen > acknowledged) {
            controller.updateLastExportedRecordPosition(seen);
            acknowledged = seen;
        }
    }

    /** Once when it begins and once when it is over. */
    private void told(boolean nowAway, String message) {
        if (nowAway != away) {
            log.warn(message);
            away = nowAway;
        }
    }

    @Override
    public void close() {
        try {
            if (writer != null && !waiting.isEmpty()) {
                write();
            }
        } catch (RuntimeException again) {
            log.info("The last changes are exported after the next start");
        } finally {
            if (writer != null) {
                writer.close();
            }
        }
    }
}
