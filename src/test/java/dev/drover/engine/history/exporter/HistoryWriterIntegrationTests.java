package dev.drover.engine.history.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.drover.engine.history.exporter.Change.Definition;
import dev.drover.testing.IntegrationTest;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class HistoryWriterIntegrationTests {

    private static final long AT = 1_790_000_000_000L;
    private static final Definition FIRST = new Definition(100, "welcome", 1);
    private static final Definition SECOND = new Definition(200, "welcome", 2);

    @Autowired
    HikariDataSource pool;
    @Autowired
    JdbcClient jdbc;

    final String engine = "writer-" + UUID.randomUUID();
    HistoryWriter writer;

    @BeforeEach
    void open() {
        writer = new HistoryWriter(new HistoryWriter.Target(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword(), engine), 1);
    }

    @AfterEach
    void close() {
        writer.close();
    }

    private final List<Change> path = List.of(
            new Change.Named(1, AT, 10, new Definition(100, "welcome", 0), "c-1"),
            new Change.Started(2, AT, 10, FIRST, -1),
            new Change.Entered(3, AT + 1, 11, 10, FIRST, "mail", "SERVICE_TASK"),
            new Change.Troubled(4, AT + 2, 12, 10, 11, new Definition(100, "welcome", 0), "mail", "JOB_NO_RETRIES", "no such template", 14),
            new Change.Settled(5, AT + 3, 12),
            new Change.Left(6, AT + 4, 11, FIRST, "mail", "SERVICE_TASK", false),
            new Change.Entered(7, AT + 5, 13, 10, FIRST, "waits", "INTERMEDIATE_CATCH_EVENT"),
            new Change.Due(8, 13, AT + 86_400_000),
            new Change.Left(9, AT + 6, 13, FIRST, "waits", "INTERMEDIATE_CATCH_EVENT", true),
            new Change.Ended(10, AT + 7, 10, FIRST, true));

    @Test
    void aReplayChangesNothing() throws SQLException {
        writer.write(path);
        var once = everything();

        writer.write(path);
        writer.close();
        writer.write(path.subList(3, 10));

        assertThat(everything()).isEqualTo(once);
        assertThat(once.get("instances")).singleElement().satisfies(row -> assertThat(row).containsEntry("customer_id", "c-1")
                .containsEntry("state", "cancelled").containsEntry("version", 1));
        assertThat(once.get("elements")).extracting(row -> row.get("element_id"), row -> row.get("waited_ms")).containsExactly(
                org.assertj.core.groups.Tuple.tuple("mail", 3L), org.assertj.core.groups.Tuple.tuple("waits", 1L));
        assertThat(once.get("incidents")).singleElement().satisfies(row -> assertThat(row).containsEntry("job_key", 14L));
    }

    @Test
    void howeverThePathIsCutTheResultIsTheSame() throws SQLException {
        writer.write(path);
        var whole = everything();

        for (int cut = 1; cut < path.size(); cut++) {
            var other = new HistoryWriter(new HistoryWriter.Target(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword(), engine), cut + 1);
            forget();
            other.write(path.subList(0, cut));
            // The engine repeats what it isn't sure of.
            other.write(path.subList(Math.max(0, cut - 2), path.size()));
            assertThat(everything()).as("cut after " + cut).isEqualTo(whole);
            other.close();
        }
    }

    @Test
    void aMigratedInstanceCountsInItsNewVersion() throws SQLException {
        writer.write(List.of(
                new Change.Started(1, AT, 20, FIRST, -1),
                new Change.Entered(2, AT, 21, 20, FIRST, "waits", "INTERMEDIATE_CATCH_EVENT"),
                new Change.Migrated(3, AT + 1, 20, SECOND, "welcome", "PROCESS", true),
                new Change.Migrated(4, AT + 1, 21, SECOND, "waits-longer", "INTERMEDIATE_CATCH_EVENT", false),
                new Change.Left(5, AT + 2, 21, SECOND, "waits-longer", "INTERMEDIATE_CATCH_EVENT", false),
                new Change.Ended(6, AT + 2, 20, SECOND, false)));

        assertThat(everything().get("processes")).extracting(row -> row.get("version"), row -> row.get("started"), row -> row.get("completed"),
                row -> row.get("cancelled")).containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, 1L, 0L, 1L), org.assertj.core.groups.Tuple.tuple(2, 1L, 1L, 0L));
        assertThat(everything().get("steps")).extracting(row -> row.get("element_id")).containsExactly("waits-longer");
    }

    @Test
    void whileTheDatabaseIsAwayTheChangesStayWithTheEngine() throws SQLException {
        var away = new HistoryWriter(new HistoryWriter.Target("jdbc:postgresql://127.0.0.1:1/none", "none", "none", engine), 1);

        assertThatThrownBy(() -> away.write(path)).isInstanceOf(SQLException.class);
        writer.write(path);

        assertThat(everything().get("steps")).hasSize(2);
    }

    private Map<String, List<Map<String, Object>>> everything() {
        return Map.of(
                "processes", rows("SELECT process_id, version, started, completed, cancelled FROM engine_process p WHERE %s ORDER BY version"),
                "elements", rows("""
                        SELECT version, element_id, element_type, entered, e.completed, e.cancelled, waited_ms FROM engine_element e JOIN engine_process p ON p.id = e.process
                        WHERE %s ORDER BY version, element_id"""),
                "instances", rows("""
                        SELECT key, version, customer_id, state, parent_key, started_at, ended_at FROM engine_instance i JOIN engine_process p ON p.id = i.process
                        WHERE %s ORDER BY key"""),
                "steps", rows("""
                        SELECT key, instance_key, element_id, entered_at, left_at, s.cancelled, due_at
                        FROM engine_step s JOIN engine_element e ON e.id = s.element JOIN engine_process p ON p.id = e.process WHERE %s ORDER BY key"""),
                "incidents", rows("""
                        SELECT key, instance_key, step_key, element_id, error_type, message, created_at, resolved_at, job_key
                        FROM engine_incident n JOIN engine_process p ON p.id = n.process WHERE %s ORDER BY key"""));
    }

    private List<Map<String, Object>> rows(String sql) {
        return jdbc.sql(sql.formatted("p.source = (SELECT id FROM engine_source WHERE name = ?)")).param(engine).query().listOfRows();
    }

    private void forget() {
        for (String table : List.of("engine_instance", "engine_step", "engine_incident")) {
            jdbc.sql("DELETE FROM " + table + " WHERE source = (SELECT id FROM engine_source WHERE name = ?)").param(engine).update();
        }
        jdbc.sql("""
                DELETE FROM engine_element WHERE process IN
                (SELECT id FROM engine_process WHERE source = (SELECT id FROM engine_source WHERE name = ?))""").param(engine).update();
        jdbc.sql("DELETE FROM engine_process WHERE source = (SELECT id FROM engine_source WHERE name = ?)").param(engine).update();
    }
}
