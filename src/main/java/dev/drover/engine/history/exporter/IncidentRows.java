package dev.drover.engine.history.exporter;

import java.sql.Connection;
import java.sql.SQLException;

/** What stopped, and what goes on again. */
record IncidentRows(Connection open, short source, Names names) {

    void write(Batch batch) throws SQLException {
        try (var insert = open.prepareStatement("""
                     INSERT INTO engine_incident (source, key, process, instance_key, step_key, element_id, error_type, message, created_at, job_key)
                     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
                var settle = open.prepareStatement("UPDATE engine_incident SET resolved_at = ? WHERE source = ? AND key = ?")) {
            for (Change.Troubled trouble : batch.troubles) {
                Sql.add(insert, source, trouble.incident(), names.process(trouble.definition()), trouble.instance(), trouble.step(),
                        trouble.elementId(), trouble.errorType(), trouble.message(), Sql.instant(trouble.at()), trouble.job() > 0 ? trouble.job() : null);
            }
            insert.executeBatch();
            for (Change.Settled settled : batch.settlements) {
                Sql.add(settle, Sql.instant(settled.at()), source, settled.incident());
            }
            settle.executeBatch();
        }
    }
}
