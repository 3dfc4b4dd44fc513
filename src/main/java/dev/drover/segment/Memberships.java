package dev.drover.segment;

import dev.drover.facts.Whom;
import java.io.IOException;
import java.io.StringReader;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;

/** The rows of who is in which segment, written in sets. */
@Component
class Memberships {

    record Member(long segmentId, long customerId) {}

    /** @param version of the rule; {@code null}: none decided, or it has none */
    record Entry(Member member, String source, @Nullable String rule, @Nullable Integer version, String reason) {}

    /** @param reason why, @param version of the rule that no longer holds */
    record Exit(Member member, String reason, @Nullable Integer version) {}

    /** A row that was begun or ended. */
    record Change(long id, Member member, @Nullable String rule, String reason) {}

    private static final RowMapper<Change> CHANGE = (row, n) -> new Change(row.getLong("id"),
            new Member(row.getLong("segment_id"), row.getLong("customer_id")), row.getString("rule"), row.getString("reason"));

    private final JdbcTemplate jdbc;
    private final DataSource database;

    Memberships(JdbcTemplate jdbc, DataSource database) {
        this.jdbc = jdbc;
        this.database = database;
    }

    /** All that these customers have now, by the customers' numbers. */
    List<Member> present(Whom whom) {
        return jdbc.query(connection -> {
            var statement = connection.prepareStatement("SELECT segment_id, customer_id FROM segment_membership WHERE " + whom.in("customer_id")
                    + " AND left_at IS NULL ORDER BY customer_id, segment_id");
            whom.bind(statement, 1);
            return statement;
        }, (row, n) -> new Member(row.getLong(1), row.getLong(2)));
    }

    boolean isMember(long segment, long customer) {
        return jdbc.queryForObject("SELECT EXISTS (SELECT 1 FROM segment_membership WHERE segment_id = ? AND customer_id = ? AND left_at IS NULL)", Boolean.class,
                segment, customer);
    }

    /** @return those that were no members yet */
    List<Change> begin(List<Entry> entries, Instant at) {
        if (entries.isEmpty()) {
            return List.of();
        }
        return jdbc.query(connection -> {
            var statement = connection.prepareStatement("""
                    INSERT INTO segment_membership (segment_id, customer_id, source, rule, rule_version, reason, entered_at)
                    SELECT segment, customer, source, rule, version, reason, ?
                      FROM unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::int[], ?::text[]) AS t (segment, customer, source, rule, version, reason)
                     ORDER BY segment, customer
                    ON CONFLICT (segment_id, customer_id) WHERE left_at IS NULL DO NOTHING
                    RETURNING id, segment_id, customer_id, rule, reason""");
            statement.setTimestamp(1, Timestamp.from(at));
            statement.setObject(2, numbers(entries, entry -> entry.member().segmentId()));
            statement.setObject(3, numbers(entries, entry -> entry.member().customerId()));
            statement.setArray(4, connection.createArrayOf("text", objects(entries, Entry::source)));
            statement.setArray(5, connection.createArrayOf("text", objects(entries, Entry::rule)));
            statement.setArray(6, connection.createArrayOf("int4", objects(entries, Entry::version)));
            statement.setArray(7, connection.createArrayOf("text", objects(entries, Entry::reason)));
            return statement;
        }, CHANGE);
    }

    /** Writes many at once of which it is known that none is there: the first calculation of a segment. Nobody is told, so no numbers are wanted. */
    void beginMany(List<Entry> entries, Instant at) {
        var rows = new StringBuilder();
        for (Entry entry : entries) {
            rows.append(entry.member().segmentId()).append('\t').append(entry.member().customerId()).append('\t').append(entry.source()).append('\t');
            text(rows, entry.rule()).append('\t').append(entry.version() == null ? "\\N" : entry.version()).append('\t');
            text(rows, entry.reason()).append('\t').append(at).append('\n');
        }
        var connection = DataSourceUtils.getConnection(database);
        try {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(
                    "COPY segment_membership (segment_id, customer_id, source, rule, rule_version, reason, entered_at) FROM STDIN", new StringReader(rows.toString()));
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("Memberships can't be written", e);
        } finally {
            DataSourceUtils.releaseConnection(connection, database);
        }
    }

    private static StringBuilder text(StringBuilder rows, @Nullable String text) {
        if (text == null) {
            return rows.append("\\N");
        }
        for (int n = 0; n < text.length(); n++) {
            char each = text.charAt(n);
            switch (each) {
                case '\\' -> rows.append("\\\\");
                case '\t' -> rows.append("\\t");
                case '\n' -> rows.append("\\n");
                case '\r' -> rows.append("\\r");
                default -> rows.append(each);
            }
        }
        return rows;
    }

    /** @return those that were members */
    List<Change> end(List<Exit> exits, Instant at) {
        if (exits.isEmpty()) {
            return List.of();
        }
        return jdbc.query(connection -> {
            var statement = connection.prepareStatement("""
                    UPDATE segment_membership m SET left_at = ?, left_reason = t.reason, left_rule_version = t.version
                      FROM unnest(?::bigint[], ?::bigint[], ?::text[], ?::int[]) AS t (segment, customer, reason, version)
                     WHERE m.segment_id = t.segment AND m.customer_id = t.customer AND m.left_at IS NULL
                    RETURNING m.id, m.segment_id, m.customer_id, m.rule, m.left_reason AS reason""");
            statement.setTimestamp(1, Timestamp.from(at));
            statement.setObject(2, numbers(exits, exit -> exit.member().segmentId()));
            statement.setObject(3, numbers(exits, exit -> exit.member().customerId()));
            statement.setArray(4, connection.createArrayOf("text", objects(exits, Exit::reason)));
            statement.setArray(5, connection.createArrayOf("int4", objects(exits, Exit::version)));
            return statement;
        }, CHANGE);
    }

    private static <T> long[] numbers(List<T> rows, ToLongFunction<T> number) {
        return rows.stream().mapToLong(number).toArray();
    }

    private static <T> Object[] objects(List<T> rows, Function<T, @Nullable Object> value) {
        var values = new ArrayList<@Nullable Object>(rows.size());
        rows.forEach(row -> values.add(value.apply(row)));
        return values.toArray();
    }
}
