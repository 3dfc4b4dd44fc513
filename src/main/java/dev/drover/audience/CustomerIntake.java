package dev.drover.audience;

import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.Channel;
import dev.drover.kernel.EmailAddress;
import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes customers in, new ones and changes, with the consent that came along: all in one transaction. */
@Component
public class CustomerIntake {

    /** @param created {@code false}: it was there */
    public record Taken(long id, String externalId, boolean created) {}

    /** @param changed whether it was there and something about it is different now @param transaction the one that wrote it */
    private record Written(Taken taken, boolean changed, String transaction) {}

    private final JdbcTemplate jdbc;
    private final EventLog log;
    private final GuestRegistration guests;
    private final PlatformClock clock;
    private final ApplicationEventPublisher events;

    CustomerIntake(JdbcTemplate jdbc, EventLog log, GuestRegistration guests, PlatformClock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.log = log;
        this.guests = guests;
        this.clock = clock;
        this.events = events;
    }

    /** @throws Problem rejected, with the fields that are wrong */
    @Transactional
    public Taken take(CustomerInput customer, Event.Origin origin) {
        var problems = customer.problems(clock.instant());
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
        return takeAll(List.of(customer), origin).getFirst();
    }

    /**
     * Takes checked customers in. Of two of the same external id the later one counts.
     *
     * @param origin of their {@code customer.created}: history starts no journey
     */
    @Transactional
    public List<Taken> takeAll(List<CustomerInput> customers, Event.Origin origin) {
        Instant now = clock.instant();
        return takeAll(customers, origin, id -> now);
    }

    /** @param since when the customer of this external id became one, for a history that is older than this installation */
    @Transactional
    public List<Taken> takeAll(List<CustomerInput> customers, Event.Origin origin, Function<String, Instant> since) {
        Map<String, CustomerInput> unique = new LinkedHashMap<>();
        guests.settle(customers).forEach(customer -> unique.merge(customer.externalId(), customer, CustomerIntake::over));
        List<Written> written = upsert(List.copyOf(unique.values()), since);
        List<Taken> taken = written.stream().map(Written::taken).toList();
        tellChanges(written, origin);
        log.append(taken.stream().filter(Taken::created)
                .map(one -> new NewEvent("customer.created:" + one.externalId(), "customer.created", one.id(), null, since.apply(one.externalId()), origin, Map.of()))
                .toList());
        tellConsent(unique, taken, origin);
        return taken;
    }

    private List<Written> upsert(List<CustomerInput> customers, Function<String, Instant> since) {
        Instant now = clock.instant();
        return jdbc.query(connection -> statement(connection, customers, since, now),
                (row, n) -> new Written(new Taken(row.getLong(1), row.getString(2), row.getBoolean(3)), row.getBoolean(4), row.getString(5)));
    }

    /** The transaction is part of the id: two changes within a millisecond are two, and each is told in the transaction that made it. */
    private void tellChanges(List<Written> written, Event.Origin origin) {
        Instant now = clock.instant();
        log.append(written.stream().filter(Written::changed).map(one -> new NewEvent("customer.updated:%s:%d:%s".formatted(one.taken().externalId(),
                now.toEpochMilli(), one.transaction()), "customer.updated", one.taken().id(), null, now, origin, Map.of())).toList());
    }

    /** One statement for all; {@code xmax = 0} holds for rows that this statement inserted, and {@code before} sees them as they were. */
    private static PreparedStatement statement(Connection connection, List<CustomerInput> customers, Function<String, Instant> since, Instant now)
            throws SQLException {
        var statement = connection.prepareStatement("""
                WITH before AS (SELECT * FROM customer WHERE external_id = ANY(?)), written AS (
                INSERT INTO customer (external_id, email, phone, push_token, first_name, last_name, country, time_zone, birthday, attributes,
                                      created_at, updated_at)
                SELECT external_id, lower(email), phone, push_token, first_name, last_name, country, time_zone, birthday,
                       coalesce(attributes::jsonb, '{}'), since, ?
                  FROM unnest(?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::date[], ?::text[])
                       AS t (since, external_id, email, phone, push_token, first_name, last_name, country, time_zone, birthday, attributes)
                 ORDER BY external_id
                ON CONFLICT (external_id) DO UPDATE SET
                       email = coalesce(excluded.email, customer.email), phone = coalesce(excluded.phone, customer.phone),
                       push_token = coalesce(excluded.push_token, customer.push_token),
                       first_name = coalesce(excluded.first_name, customer.first_name), last_name = coalesce(excluded.last_name, customer.last_name),
                       country = coalesce(excluded.country, customer.country), time_zone = coalesce(excluded.time_zone, customer.time_zone),
                       birthday = coalesce(excluded.birthday, customer.birthday),
                       attributes = customer.attributes || excluded.attributes, updated_at = excluded.updated_at
                RETURNING *, xmax = 0 AS created)
                SELECT w.id, w.external_id, w.created, NOT w.created
                       AND (w.email, w.phone, w.push_token, w.first_name, w.last_name, w.country, w.time_zone, w.birthday, w.attributes) IS DISTINCT FROM
                           (b.email, b.phone, b.push_token, b.first_name, b.last_name, b.country, b.time_zone, b.birthday, b.attributes),
                       pg_current_xact_id()::text
                  FROM written w LEFT JOIN before b USING (external_id)""");
        statement.setArray(1, connection.createArrayOf("text", customers.stream().map(CustomerInput::externalId).toArray()));
        statement.setTimestamp(2, Timestamp.from(now));
        statement.setArray(3, connection.createArrayOf("timestamptz", customers.stream().map(one -> since.apply(one.externalId()).toString()).toArray()));
        List<Function<CustomerInput, @Nullable Object>> columns = List.of(CustomerInput::externalId, c -> stripped(c.email()),
                c -> c.phone() == null ? null : c.phone().replaceAll("[\\s().-]", ""), CustomerInput::pushToken, CustomerInput::firstName,
                CustomerInput::lastName, CustomerInput::country, CustomerInput::timeZone,
                c -> c.birthday() == null ? null : c.birthday().toString(), c -> c.attributes() == null ? null : Json.write(c.attributes()));
        for (int column = 0; column < columns.size(); column++) {
            statement.setArray(4 + column, connection.createArrayOf("text", customers.stream().map(columns.get(column)).toArray()));
        }
        return statement;
    }

    private void tellConsent(Map<String, CustomerInput> customers, List<Taken> taken, Event.Origin origin) {
        var statements = new ArrayList<ConsentGiven.Statement>();
        for (Taken one : taken) {
            var consent = customers.get(one.externalId()).consent();
            if (consent == null) {
                continue;
            }
            for (Channel channel : Channel.values()) {
                Boolean granted = consent.of(channel);
                if (granted != null) {
                    statements.add(ConsentGiven.Statement.of(one.id(), channel, granted, consent));
                }
            }
        }
        if (!statements.isEmpty()) {
            events.publishEvent(new ConsentGiven(List.copyOf(statements), origin == Event.Origin.IMPORT));
        }
    }

    private static CustomerInput over(CustomerInput earlier, CustomerInput later) {
        return later;
    }

    private static @Nullable String stripped(@Nullable String text) {
        return text == null ? null : EmailAddress.normal(text);
    }
}
