package dev.drover.segment;

import dev.drover.kernel.Page;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who entered and left a segment, and when. */
@Component
class SegmentHistory {

    /** @param day in UTC */
    record Day(LocalDate day, long entered, long left) {}

    /** @param customerId external id @param version of the rule; {@code null}: none decided, or it isn't known */
    record Change(boolean entered, Instant at, String customerId, String name, String reason, @Nullable String rule, @Nullable Integer version) {}

    private record Place(Instant at, long id, int verb) {
        static final Place TOP = new Place(Instant.parse("9999-01-01T00:00:00Z"), 0, 0);

        static Place read(String key) {
            var parts = key.split("_");
            try {
                return new Place(Instant.parse(parts[0]), Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
            } catch (RuntimeException broken) {
                throw Page.notOurs();
            }
        }
    }

    private final JdbcClient jdbc;
    private final SegmentCatalogue catalogue;
    private final PlatformClock clock;

    SegmentHistory(JdbcClient jdbc, SegmentCatalogue catalogue, PlatformClock clock) {
        this.jdbc = jdbc;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** The last so many days, today last; days without a change are there, too. */
    List<Day> days(String key, int days) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var first = Timestamp.from(today.minusDays(days - 1L).atStartOfDay().toInstant(ZoneOffset.UTC));
        long id = catalogue.idOf(key);
        var counted = new HashMap<LocalDate, long[]>();
        jdbc.sql("""
                SELECT day, sum(entered) AS entered, sum(departed) AS departed FROM (
                    SELECT (entered_at AT TIME ZONE 'UTC')::date AS day, 1 AS entered, 0 AS departed FROM segment_membership WHERE segment_id = :id AND entered_at >= :first
                    UNION ALL
                    SELECT (left_at AT TIME ZONE 'UTC')::date, 0, 1 FROM segment_membership WHERE segment_id = :id AND left_at >= :first) AS changes
                 GROUP BY day""").param("id", id).param("first", first).query(row -> {
            counted.put(row.getObject("day", LocalDate.class), new long[] {row.getLong("entered"), row.getLong("departed")});
        });
        return IntStream.range(0, days).mapToObj(n -> today.minusDays(days - 1L - n)).map(day -> {
            long[] sums = counted.getOrDefault(day, new long[2]);
            return new Day(day, sums[0], sums[1]);
        }).toList();
    }

    /** Newest first. */
    Page<Change> changes(String key, @Nullable String after, int limit) {
        record Row(Place place, Change change) {}
        String from = Page.key(after);
        var place = from == null ? Place.TOP : Place.read(from);
        var rows = jdbc.sql("""
                SELECT changes.*, c.external_id, concat_ws(' ', c.first_name, c.last_name) AS name FROM (
                    (SELECT id, customer_id, 0 AS verb, entered_at AS at, reason, rule, rule_version AS version FROM segment_membership
                      WHERE segment_id = :id AND (entered_at, id, 0) < (:at, :row, :verb) ORDER BY entered_at DESC, id DESC LIMIT :limit)
                    UNION ALL
                    (SELECT id, customer_id, 1, left_at, left_reason, rule, left_rule_version FROM segment_membership
                      WHERE segment_id = :id AND left_at IS NOT NULL AND (left_at, id, 1) < (:at, :row, :verb) ORDER BY left_at DESC, id DESC LIMIT :limit)) AS changes
                  JOIN customer c ON c.id = changes.customer_id
                 ORDER BY at DESC, changes.id DESC, verb DESC LIMIT :limit""")
                .param("id", catalogue.idOf(key)).param("at", Timestamp.from(place.at())).param("row", place.id()).param("verb", place.verb()).param("limit", limit + 1)
                .query((row, n) -> {
                    var at = row.getTimestamp("at").toInstant().truncatedTo(ChronoUnit.MICROS);
                    return new Row(new Place(at, row.getLong("id"), row.getInt("verb")), new Change(row.getInt("verb") == 0, at, row.getString("external_id"), row.getString("name"),
                            row.getString("reason") == null ? "" : row.getString("reason"), row.getString("rule"), row.getObject("version", Integer.class)));
                }).list();
        var page = Page.of(rows, limit, row -> row.place().at() + "_" + row.place().id() + "_" + row.place().verb());
        return new Page<>(page.items().stream().map(Row::change).toList(), page.next());
    }
}
