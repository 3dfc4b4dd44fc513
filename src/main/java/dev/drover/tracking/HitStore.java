package dev.drover.tracking;

import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

@Component
class HitStore {

    private final JdbcTemplate jdbc;

    HitStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A set at once, and the same set again without harm. */
    void write(List<Hit> hits) {
        jdbc.update(connection -> {
            var statement = connection.prepareStatement("""
                    INSERT INTO engagement (message_id, kind, link_id, at, device, client, machine)
                    SELECT * FROM unnest(?::bigint[], ?::text[], ?::bigint[], ?::timestamptz[], ?::text[], ?::text[], ?::text[])
                    ON CONFLICT DO NOTHING""");
            statement.setArray(1, connection.createArrayOf("bigint", hits.stream().map(Hit::messageId).toArray()));
            statement.setArray(2, connection.createArrayOf("text", hits.stream().map(hit -> hit.kind().key()).toArray()));
            statement.setArray(3, connection.createArrayOf("bigint", hits.stream().map(Hit::linkId).toArray()));
            statement.setArray(4, connection.createArrayOf("timestamptz", hits.stream().map(hit -> hit.at().truncatedTo(ChronoUnit.MICROS).toString()).toArray()));
            statement.setArray(5, connection.createArrayOf("text", hits.stream().map(hit -> hit.agent().device()).toArray()));
            statement.setArray(6, connection.createArrayOf("text", hits.stream().map(hit -> hit.agent().client()).toArray()));
            statement.setArray(7, connection.createArrayOf("text", hits.stream().map(hit -> hit.agent().machine() == null ? null : hit.agent().machine().key()).toArray()));
            return statement;
        });
    }
}
