package dev.drover.segment;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

/** The rows of who is in which segment, written in sets. */
@Component
class Memberships {

    record Member(long segmentId, long customerId) {}

    record Entry(Member member, String source, @Nullable String rule, String reason) {}

    /** A row that was begun or ended. */
    record Change(long id, Member member, @Nullable String rule, String reason) {}

    private static final RowMapper<Change> CHANGE = (row, n) -> new Change(row.getLong("id"),
            new Member(row.getLong("segment_id"), row.getLong("customer_id")), row.getString("rule"), row.getString("reason"));

    private final JdbcTemplate jdbc;

    Memberships(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    List<Change> now(Collection<Long> segments, Collection<Long> customers) {
        return jdbc.query("SELECT id, segment_id, customer_id, rule, reason FROM segment_membership WHERE left_at IS NULL AND segment_id = ANY(?) AND customer_id = ANY(?)",
                CHANGE, segments.toArray(Long[]::new), customers.toArray(Long[]::new));
    }

    /** @return those that were no members yet */
    List<Change> begin(List<Entry> entries, Instant at) {
        if (entries.isEmpty()) {
            return List.of();
        }
        return jdbc.query(connection -> {
            var statement = connection.prepareStatement("""
                    INSERT INTO segment_membership (segment_id, customer_id, source, rule, reason, entered_at)
                    SELECT segment, customer, source, rule, reason, ?
                      FROM unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[]) AS t (segment, customer, source, rule, reason)
                     ORDER BY segment, customer
                    ON CONFLICT (segment_id, customer_id) WHERE left_at IS NULL DO NOTHING
                    RETURNING id, segment_id, customer_id, rule, reason""");
            statement.setTimestamp(1, Timestamp.from(at));
            statement.setArray(2, connection.createArrayOf("bigint", entries.stream().map(entry -> entry.member().segmentId()).toArray()));
            statement.setArray(3, connection.createArrayOf("bigint", entries.stream().map(entry -> entry.member().customerId()).toArray()));
            statement.setArray(4, connection.createArrayOf("text", entries.stream().map(Entry::source).toArray()));
            statement.setArray(5, connection.createArrayOf("text", entries.stream().map(Entry::rule).toArray()));
            statement.setArray(6, connection.createArrayOf("text", entries.stream().map(Entry::reason).toArray()));
            return statement;
        }, CHANGE);
    }

    List<Change> end(Collection<Long> rows, String reason, Instant at) {
        if (rows.isEmpty()) {
            return List.of();
        }
        return jdbc.query("""
                UPDATE segment_membership SET left_at = ?, left_reason = ? WHERE id = ANY(?) AND left_at IS NULL
                RETURNING id, segment_id, customer_id, rule, left_reason AS reason""", CHANGE, Timestamp.from(at), reason, rows.toArray(Long[]::new));
    }
}
