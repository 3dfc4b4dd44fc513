package dev.drover.engine;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whose timers are due when, of this engine, about a fifth of a second behind. Empty on a cluster without the exporter. */
@Component
public class EngineTimers {

    /** @param count how many wait at a timer that is due that day */
    public record Due(String processId, LocalDate day, long count) {}

    private final JdbcClient jdbc;
    private final String engine;

    EngineTimers(JdbcClient jdbc, EngineConnection connection) {
        this.jdbc = jdbc;
        this.engine = connection.identity();
    }

    /** By process and day of that clock. @param to not included */
    public List<Due> between(Instant from, Instant to, ZoneId zone) {
        // By the elements, so that the index of who stands where is walked and not everybody's way.
        return jdbc.sql("""
                SELECT p.process_id, (s.due_at AT TIME ZONE :zone)::date AS day, count(*) AS count
                  FROM engine_process p JOIN engine_element e ON e.process = p.id JOIN engine_step s ON s.element = e.id AND s.left_at IS NULL
                 WHERE s.due_at >= :from AND s.due_at < :to AND p.source = (SELECT id FROM engine_source WHERE name = :engine)
                 GROUP BY 1, 2""").param("zone", zone.getId()).param("from", at(from)).param("to", at(to)).param("engine", engine)
                .query((row, n) -> new Due(row.getString(1), row.getObject(2, LocalDate.class), row.getLong(3))).list();
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
