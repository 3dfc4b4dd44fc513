package dev.drover.eventlog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Where each consumer stands in each partition.
 *
 * <p>Positions are handed out before their transactions commit, so a reader that went by position alone would pass a row that appears
 * later. Each row keeps its writer's transaction id; only rows below the oldest running transaction are read, in the order
 * (transaction, position), to which nothing can be added below the cursor any more.
 */
@Component
class EventCursors {

    /** @param transaction an {@code xid8} as text: Java has no unsigned 64-bit type, and it is only handed back */
    record Cursor(String transaction, long position) {}

    record Batch(List<Event> events, Optional<Cursor> end) {}

    /** @param ends by partition */
    record Batches(List<Event> events, Map<Integer, Cursor> ends) {}

    /**
     * A reader's transaction needn't wait for the disk: what a power cut takes is its effect together with its cursor, and is read again. One that
     * tells something itself waits (see {@link EventLog}). And its statements are planned once: a hundred times a second they are the same, on a few
     * rows, and finding the plan anew took longer than following it.
     */
    private static final String UNHURRIED = "set_config('synchronous_commit', 'off', true) AS unhurried, set_config('plan_cache_mode', 'force_generic_plan', true) AS planned";

    private final JdbcTemplate jdbc;

    EventCursors(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void create(String consumer) {
        jdbc.update("""
                INSERT INTO event_cursor (consumer, partition) SELECT ?, n FROM generate_series(0, ? - 1) AS n
                ON CONFLICT DO NOTHING""", consumer, EventLog.PARTITIONS);
    }

    /**
     * Takes the partition for this transaction; empty when another instance has it. An advisory lock, because a row lock would give this
     * transaction an id, and a slow effect outside (the engine) would then hold back every other reader.
     */
    Optional<Cursor> claim(String consumer, int partition) {
        if (!jdbc.queryForObject("SELECT pg_try_advisory_xact_lock(hashtext(?), ?) FROM " + UNHURRIED, Boolean.class, "events-" + consumer, partition)) {
            return Optional.empty();
        }
        return jdbc.query("SELECT transaction::text, position FROM event_cursor WHERE consumer = ? AND partition = ?",
                (row, n) -> new Cursor(row.getString(1), row.getLong(2)), consumer, partition).stream().findFirst();
    }

    /** Takes every partition that no other instance has. */
    Integer[] claimAll(String consumer) {
        return jdbc.queryForList("SELECT n FROM " + UNHURRIED + ", generate_series(0, ? - 1) AS n WHERE pg_try_advisory_xact_lock(hashtext(?), n)", Integer.class,
                EventLog.PARTITIONS, "events-" + consumer).toArray(Integer[]::new);
    }

    /** The next rows of claimed partitions, at most so many of each, and where each partition's cursor is to go. A statement after the claim's: it must not see less. */
    Batches readAll(String consumer, Integer[] partitions, int limit) {
        var events = new ArrayList<Event>();
        var ends = new TreeMap<Integer, Cursor>();
        jdbc.query("""
                SELECT e.*, e.transaction::text AS xid FROM event_cursor c CROSS JOIN LATERAL (
                    SELECT * FROM event_log
                     WHERE partition = c.partition AND (transaction, position) > (c.transaction, c.position)
                       AND transaction < pg_snapshot_xmin(pg_current_snapshot())
                     ORDER BY transaction, position LIMIT ?) e
                 WHERE c.consumer = ? AND c.partition = ANY(?) ORDER BY e.partition, e.transaction, e.position""", row -> {
                    events.add(EventLog.EVENT.mapRow(row, 0));
                    ends.put(row.getInt("partition"), new Cursor(row.getString("xid"), row.getLong("position")));
                }, limit, consumer, partitions);
        return new Batches(events, ends);
    }

    void advanceAll(String consumer, Map<Integer, Cursor> to) {
        jdbc.update(connection -> {
            var statement = connection.prepareStatement("""
                    UPDATE event_cursor c SET transaction = t.transaction::xid8, position = t.position
                      FROM unnest(?::int[], ?::text[], ?::bigint[]) AS t (partition, transaction, position)
                     WHERE c.consumer = ? AND c.partition = t.partition""");
            statement.setArray(1, connection.createArrayOf("int4", to.keySet().toArray()));
            statement.setArray(2, connection.createArrayOf("text", to.values().stream().map(Cursor::transaction).toArray()));
            statement.setArray(3, connection.createArrayOf("int8", to.values().stream().map(Cursor::position).toArray()));
            statement.setString(4, consumer);
            return statement;
        });
    }

    List<Integer> partitionsWithNews(String consumer) {
        return jdbc.queryForList("""
                SELECT c.partition FROM event_cursor c
                 WHERE c.consumer = ?
                   AND EXISTS (SELECT 1 FROM event_log e
                                WHERE e.partition = c.partition AND (e.transaction, e.position) > (c.transaction, c.position)
                                  AND e.transaction < pg_snapshot_xmin(pg_current_snapshot()))
                 ORDER BY c.partition""", Integer.class, consumer);
    }

    /** The next rows, wanted or not; the caller filters, the cursor passes all. */
    Batch read(int partition, Cursor after, int limit) {
        record Row(Event event, Cursor cursor) {}
        List<Row> rows = jdbc.query("""
                SELECT *, transaction::text AS xid FROM event_log
                 WHERE partition = ? AND (transaction, position) > (?::xid8, ?)
                   AND transaction < pg_snapshot_xmin(pg_current_snapshot())
                 ORDER BY transaction, position LIMIT ?""",
                (row, n) -> new Row(EventLog.EVENT.mapRow(row, n), new Cursor(row.getString("xid"), row.getLong("position"))),
                partition, after.transaction(), after.position(), limit);
        return new Batch(rows.stream().map(Row::event).toList(), rows.isEmpty() ? Optional.empty() : Optional.of(rows.getLast().cursor()));
    }

    void advance(String consumer, int partition, Cursor to) {
        jdbc.update("UPDATE event_cursor SET transaction = ?::xid8, position = ? WHERE consumer = ? AND partition = ?",
                to.transaction(), to.position(), consumer, partition);
    }

    void setAside(String consumer, Event event, Exception reason) {
        jdbc.update("""
                INSERT INTO event_setback (consumer, position, event_id, reason) VALUES (?, ?, ?, ?)
                ON CONFLICT DO NOTHING""", consumer, event.position(), event.id(), String.valueOf(reason));
    }

    /** How many wanted-or-not events the consumer has before it. */
    long lag(String consumer) {
        return jdbc.queryForObject("""
                SELECT count(*) FROM event_cursor c JOIN event_log e
                    ON e.partition = c.partition AND (e.transaction, e.position) > (c.transaction, c.position)
                 WHERE c.consumer = ?""", Long.class, consumer);
    }

}
