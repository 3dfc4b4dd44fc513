package dev.drover.eventlog;

import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Appends to the log and looks things up in it. */
@Component
public class EventLog {

    /** Consumers work on partitions in parallel; a customer's events stay in one. Changing it needs a migration of the log. */
    static final int PARTITIONS = 8;

    static final RowMapper<Event> EVENT = (row, n) -> new Event(
            row.getLong("position"),
            row.getString("event_id"),
            row.getString("name"),
            row.getObject("customer_id", Long.class),
            row.getString("anonymous_id"),
            row.getTimestamp("occurred_at").toInstant(),
            row.getTimestamp("recorded_at").toInstant(),
            Event.Origin.valueOf(row.getString("origin").toUpperCase(java.util.Locale.ROOT)),
            Json.map(row.getString("properties")));

    private final JdbcTemplate jdbc;
    private final PlatformClock clock;
    private final EventConsumers consumers;

    EventLog(JdbcTemplate jdbc, PlatformClock clock, @org.springframework.context.annotation.Lazy EventConsumers consumers) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.consumers = consumers;
    }

    /** @return whether it was new; {@code false} when an event of this id is already there */
    public boolean append(NewEvent event) {
        return !append(List.of(event)).isEmpty();
    }

    /**
     * Appends what isn't there yet, in the caller's transaction.
     *
     * @return the ids that were new
     */
    @Transactional
    public Set<String> append(List<NewEvent> events) {
        var appended = new LinkedHashSet<String>();
        // Arrays in one statement: one round trip for a batch of thousands, and RETURNING tells the new from the repeated.
        for (int from = 0; from < events.size(); from += 2_000) {
            appended.addAll(insert(events.subList(from, Math.min(from + 2_000, events.size()))));
        }
        if (!appended.isEmpty()) {
            wakeConsumersAfterCommit(events.stream().map(NewEvent::name).collect(Collectors.toSet()));
        }
        return appended;
    }

    /** What is told is on the disk before anybody hears of it, also where the teller is a reader that needn't wait for the disk else. */
    private List<String> insert(List<NewEvent> events) {
        return jdbc.query(connection -> {
            var statement = connection.prepareStatement("""
                    INSERT INTO event_log (event_id, name, customer_id, anonymous_id, occurred_at, recorded_at, origin, properties, partition)
                    SELECT id, name, customer, anonymous, occurred, ?, origin, properties::jsonb,
                           (hashtext(coalesce(customer::text, anonymous, id)) & 2147483647) %% %d
                      FROM unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::timestamptz[], ?::text[], ?::text[])
                           AS t (id, name, customer, anonymous, occurred, origin, properties)
                    ON CONFLICT (event_id) DO NOTHING
                    RETURNING event_id,
                        CASE WHEN current_setting('synchronous_commit') = 'off' THEN set_config('synchronous_commit', 'on', true) END""".formatted(PARTITIONS));
            statement.setTimestamp(1, Timestamp.from(clock.instant()));
            statement.setArray(2, connection.createArrayOf("text", events.stream().map(NewEvent::id).toArray()));
            statement.setArray(3, connection.createArrayOf("text", events.stream().map(NewEvent::name).toArray()));
            statement.setArray(4, connection.createArrayOf("bigint", events.stream().map(NewEvent::customerId).toArray()));
            statement.setArray(5, connection.createArrayOf("text", events.stream().map(NewEvent::anonymousId).toArray()));
            statement.setArray(6, connection.createArrayOf("timestamptz", events.stream().map(e -> e.occurredAt().toString()).toArray()));
            statement.setArray(7, connection.createArrayOf("text", events.stream().map(e -> e.origin().name().toLowerCase(java.util.Locale.ROOT)).toArray()));
            statement.setArray(8, connection.createArrayOf("text", events.stream().map(e -> Json.write(e.properties())).toArray()));
            return statement;
        }, (row, n) -> row.getString(1));
    }

    /** One customer's events before an instant, newest first, at most {@code limit}. */
    public List<Event> ofCustomer(long customerId, Instant before, int limit) {
        return ofCustomer(customerId, before, limit, Set.of());
    }

    /** The same without those of some names. */
    public List<Event> ofCustomer(long customerId, Instant before, int limit, Set<String> except) {
        return jdbc.query("""
                SELECT * FROM event_log WHERE customer_id = ? AND occurred_at < ? AND name <> ALL(?)
                 ORDER BY occurred_at DESC, position DESC LIMIT ?""",
                EVENT, customerId, Timestamp.from(before), except.toArray(String[]::new), limit);
    }

    /** The newest events of a name, of whoever is known. */
    public List<Event> recent(String name, int limit) {
        return jdbc.query("SELECT * FROM event_log WHERE name = ? AND customer_id IS NOT NULL ORDER BY occurred_at DESC LIMIT ?", EVENT, name, limit);
    }

    public Optional<Event> byId(String eventId) {
        return jdbc.query("SELECT * FROM event_log WHERE event_id = ?", EVENT, eventId).stream().findFirst();
    }

    /** Which of the customers have imported events that the consumer hasn't read yet, those it is reading in this transaction among them. */
    public Set<Long> withUnreadHistory(String consumer, Collection<Long> customers) {
        return Set.copyOf(jdbc.queryForList("""
                SELECT DISTINCT e.customer_id FROM event_log e JOIN event_cursor c ON c.consumer = ? AND c.partition = e.partition
                 WHERE e.customer_id = ANY(?) AND e.origin = 'import' AND (e.transaction, e.position) > (c.transaction, c.position)""",
                Long.class, consumer, customers.toArray(Long[]::new)));
    }

    /** Of these ids, those that the consumer hasn't read yet. */
    public Set<String> unreadBy(String consumer, Collection<String> eventIds) {
        return eventIds.isEmpty() ? Set.of() : Set.copyOf(jdbc.queryForList("""
                SELECT e.event_id FROM event_log e JOIN event_cursor c ON c.consumer = ? AND c.partition = e.partition
                 WHERE e.event_id = ANY(?) AND (e.transaction, e.position) > (c.transaction, c.position)""", String.class, consumer, eventIds.toArray(String[]::new)));
    }

    /** Of these ids, those in the log. */
    public Set<String> known(java.util.Collection<String> eventIds) {
        return eventIds.isEmpty() ? Set.of() : Set.copyOf(jdbc.queryForList("SELECT event_id FROM event_log WHERE event_id = ANY(?)", String.class,
                (Object) eventIds.toArray(String[]::new)));
    }

    private void wakeConsumersAfterCommit(Set<String> names) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            consumers.wake(names);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                consumers.wake(names);
            }
        });
    }
}
