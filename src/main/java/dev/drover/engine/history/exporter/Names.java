package dev.drover.engine.history.exporter;

import dev.drover.engine.history.exporter.Change.Definition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The numbers of processes and elements. Lives as long as its connection, so a rollback forgets what it undid. */
final class Names {

    private record Process(int id, boolean versionKnown) {}

    private final Connection connection;
    private final short source;
    private final Map<Long, Process> processes = new HashMap<>();
    private final Map<Batch.Element, Integer> elements = new HashMap<>();

    Names(Connection connection, short source) {
        this.connection = connection;
        this.source = source;
    }

    int process(Definition definition) throws SQLException {
        Process known = processes.get(definition.key());
        boolean news = definition.version() > 0;
        if (known == null || news && !known.versionKnown()) {
            int id = Sql.number(connection, """
                    INSERT INTO engine_process AS p (source, definition_key, process_id, version) VALUES (?, ?, ?, ?)
                    ON CONFLICT (source, definition_key) DO UPDATE SET version = greatest(p.version, excluded.version)
                    RETURNING id""", source, definition.key(), definition.processId(), definition.version());
            known = new Process(id, news);
            processes.put(definition.key(), known);
        }
        return known.id();
    }

    int element(Batch.Element element) throws SQLException {
        Integer known = elements.get(element);
        if (known == null) {
            known = Sql.number(connection, """
                    INSERT INTO engine_element (process, element_id, element_type) VALUES (?, ?, ?)
                    ON CONFLICT (process, element_id, element_type) DO UPDATE SET element_id = excluded.element_id
                    RETURNING id""", process(element.definition()), element.id(), element.type());
            elements.put(element, known);
        }
        return known;
    }
}
