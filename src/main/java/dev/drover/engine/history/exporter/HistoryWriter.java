package dev.drover.engine.history.exporter;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** Writes changes and the position in one transaction. Not thread-safe; after an error the next write connects anew. */
final class HistoryWriter {

    record Target(String url, String user, String password, String engine) {

        @Override
        public String toString() {
            return "Target[" + url.replaceAll("[?].*", "") + ", " + engine + "]";
        }
    }

    private final Target target;
    private final int partition;
    private @Nullable Connection connection;
    private @Nullable Names names;
    private short source;

    HistoryWriter(Target target, int partition) {
        this.target = target;
        this.partition = partition;
    }

    /** Writes what lies above the position that the tables have; in the end the position is the last change's. */
    void write(List<Change> changes) throws SQLException {
        try {
            Connection open = connected();
            long position = lockPosition(open);
            List<Change> fresh = changes.stream().filter(change -> change.position() > position).toList();
            if (!fresh.isEmpty()) {
                for (List<Change> part : Batch.split(fresh)) {
                    if (part.getFirst() instanceof Change.Migrated migrated) {
                        migrate(open, migrated);
                    } else {
                        insert(open, new Batch(part));
                    }
                }
                movePosition(open, fresh.getLast().position());
            }
            open.commit();
        } catch (SQLException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private Connection connected() throws SQLException {
        if (connection != null) {
            return connection;
        }
        var properties = new Properties();
        properties.setProperty("user", target.user());
        properties.setProperty("password", target.password());
        properties.setProperty("ApplicationName", "drover-exporter");
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("socketTimeout", "30");
        // Not by DriverManager: it doesn't see the classes of an exporter's own class loader.
        Connection fresh = new Driver().connect(target.url(), properties);
        if (fresh == null) {
            throw new SQLException("not a PostgreSQL address: " + target);
        }
        fresh.setAutoCommit(false);
        connection = fresh;
        source = register(fresh);
        names = new Names(fresh, source);
        return fresh;
    }

    private short register(Connection open) throws SQLException {
        try (var insert = open.prepareStatement("INSERT INTO engine_source (name) VALUES (?) ON CONFLICT DO NOTHING");
                var select = open.prepareStatement("SELECT id FROM engine_source WHERE name = ?");
                var position = open.prepareStatement("INSERT INTO engine_position (source, partition, position) VALUES (?, ?, -1) ON CONFLICT DO NOTHING")) {
            insert.setString(1, target.engine());
            insert.executeUpdate();
            select.setString(1, target.engine());
            short id;
            try (var row = select.executeQuery()) {
                row.next();
                id = row.getShort(1);
            }
            position.setShort(1, id);
            position.setInt(2, partition);
            position.executeUpdate();
            open.commit();
            return id;
        }
    }

    /** The lock keeps a second exporter of the same partition, left over or newly elected, out for this transaction. */
    private long lockPosition(Connection open) throws SQLException {
        try (var select = open.prepareStatement("SELECT position FROM engine_position WHERE source = ? AND partition = ? FOR UPDATE")) {
            select.setShort(1, source);
            select.setInt(2, partition);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private void movePosition(Connection open, long position) throws SQLException {
        try (var update = open.prepareStatement("UPDATE engine_position SET position = ? WHERE source = ? AND partition = ?")) {
            update.setLong(1, position);
            update.setShort(2, source);
            update.setInt(3, partition);
            update.executeUpdate();
        }
    }

    private void insert(Connection open, Batch batch) throws SQLException {
        instances(open, batch);
        steps(open, batch);
        counters(open, batch);
        new IncidentRows(open, source, names()).write(batch);
    }

    private void instances(Connection open, Batch batch) throws SQLException {
        // A name may come before its instance (version unknown yet) or long after it.
        try (var insert = open.prepareStatement("""
                     INSERT INTO engine_instance AS i (source, key, process, customer_id, parent_key, state, started_at, ended_at)
                     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                     ON CONFLICT (source, key) DO UPDATE SET process = excluded.process, parent_key = excluded.parent_key,
                         started_at = excluded.started_at, customer_id = coalesce(excluded.customer_id, i.customer_id),
                         state = excluded.state, ended_at = excluded.ended_at""");
                var name = open.prepareStatement("""
                        INSERT INTO engine_instance (source, key, process, customer_id, state, started_at) VALUES (?, ?, ?, ?, 'active', ?)
                        ON CONFLICT (source, key) DO UPDATE SET customer_id = excluded.customer_id""");
                var end = open.prepareStatement("UPDATE engine_instance SET state = ?, ended_at = ? WHERE source = ? AND key = ?")) {
            for (var entry : batch.instances.entrySet()) {
                Batch.Instance instance = entry.getValue();
                String state = instance.endedAt == 0 ? "active" : instance.cancelled ? "cancelled" : "completed";
                if (instance.started) {
                    Sql.add(insert, source, entry.getKey(), names().process(instance.definition), instance.customerId,
                            instance.parent > 0 ? instance.parent : null, state, Sql.instant(instance.startedAt), Sql.instant(instance.endedAt));
                    continue;
                }
                if (instance.customerId != null) {
                    Sql.add(name, source, entry.getKey(), names().process(instance.definition), instance.customerId, Sql.instant(instance.startedAt));
                }
                if (instance.endedAt != 0) {
                    Sql.add(end, state, Sql.instant(instance.endedAt), source, entry.getKey());
                }
            }
            insert.executeBatch();
            name.executeBatch();
            end.executeBatch();
        }
    }

    private void steps(Connection open, Batch batch) throws SQLException {
        try (var insert = open.prepareStatement("""
                     INSERT INTO engine_step (source, key, instance_key, element, entered_at, left_at, cancelled, due_at)
                     VALUES (?, ?, ?, ?, ?, ?, ?, ?)""");
                var update = open.prepareStatement("""
                        UPDATE engine_step SET left_at = coalesce(?, left_at), cancelled = ?, due_at = coalesce(?, due_at)
                        WHERE source = ? AND key = ?""")) {
            for (var entry : batch.steps.entrySet()) {
                Batch.Step step = entry.getValue();
                if (step.entered) {
                    Sql.add(insert, source, entry.getKey(), step.instance, names().element(step.element), Sql.instant(step.enteredAt),
                            Sql.instant(step.leftAt), step.cancelled, Sql.instant(step.dueAt));
                } else {
                    Sql.add(update, Sql.instant(step.leftAt), step.cancelled, Sql.instant(step.dueAt), source, entry.getKey());
                }
            }
            insert.executeBatch();
            update.executeBatch();
        }
        waits(open, batch);
    }

    /** Each step is left once, so its wait is added once; when it was entered may be in an earlier batch, but is in the table by now. */
    private void waits(Connection open, Batch batch) throws SQLException {
        Object[] left = batch.steps.entrySet().stream().filter(entry -> entry.getValue().leftAt != 0).map(java.util.Map.Entry::getKey).toArray();
        if (left.length > 0) {
            Sql.run(open, """
                    UPDATE engine_element e SET waited_ms = waited_ms + s.waited
                      FROM (SELECT element, (sum(extract(epoch FROM left_at - entered_at)) * 1000)::bigint AS waited FROM engine_step
                             WHERE source = ? AND key = ANY (?) GROUP BY element) AS s
                     WHERE e.id = s.element""", source, open.createArrayOf("bigint", left));
        }
    }

    private void counters(Connection open, Batch batch) throws SQLException {
        try (var process = open.prepareStatement(
                        "UPDATE engine_process SET started = started + ?, completed = completed + ?, cancelled = cancelled + ? WHERE id = ?");
                var element = open.prepareStatement(
                        "UPDATE engine_element SET entered = entered + ?, completed = completed + ?, cancelled = cancelled + ? WHERE id = ?")) {
            for (var entry : batch.processes.entrySet()) {
                Batch.Count count = entry.getValue();
                Sql.add(process, count.entered, count.completed, count.cancelled, names().process(entry.getKey()));
            }
            for (var entry : batch.elements.entrySet()) {
                Batch.Count count = entry.getValue();
                Sql.add(element, count.entered, count.completed, count.cancelled, names().element(entry.getKey()));
            }
            process.executeBatch();
            element.executeBatch();
        }
    }

    /** The old version counts it as gone, the new one as come. */
    private void migrate(Connection open, Change.Migrated migrated) throws SQLException {
        int process = names().process(migrated.definition());
        if (migrated.isInstance()) {
            Sql.run(open, """
                    UPDATE engine_process SET cancelled = cancelled + 1
                    WHERE id = (SELECT process FROM engine_instance WHERE source = ? AND key = ?)""", source, migrated.key());
            Sql.run(open, "UPDATE engine_process SET started = started + 1 WHERE id = ?", process);
            Sql.run(open, "UPDATE engine_instance SET process = ? WHERE source = ? AND key = ?", process, source, migrated.key());
            Sql.run(open, "UPDATE engine_incident SET process = ? WHERE source = ? AND instance_key = ?", process, source, migrated.key());
        } else {
            int element = names().element(new Batch.Element(migrated.definition(), migrated.elementId(), migrated.type()));
            Sql.run(open, """
                    UPDATE engine_element SET cancelled = cancelled + 1
                    WHERE id = (SELECT element FROM engine_step WHERE source = ? AND key = ?)""", source, migrated.key());
            Sql.run(open, "UPDATE engine_element SET entered = entered + 1 WHERE id = ?", element);
            Sql.run(open, "UPDATE engine_step SET element = ? WHERE source = ? AND key = ?", element, source, migrated.key());
        }
    }

    private Names names() {
        return java.util.Objects.requireNonNull(names);
    }

    void close() {
        Connection open = connection;
        connection = null;
        names = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException gone) {
                // That is what was wanted.
            }
        }
    }
}
