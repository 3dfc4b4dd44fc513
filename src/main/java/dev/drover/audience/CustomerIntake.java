package dev.drover.audience;

import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.Channel;
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
import java.util.Locale;
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

    /** @param created {@code false}: it was there and was changed */
    public record Taken(long id, String externalId, boolean created) {}

    private final JdbcTemplate jdbc;
    private final EventLog log;
    private final PlatformClock clock;
    private final ApplicationEventPublisher events;

    CustomerIntake(JdbcTemplate jdbc, EventLog log, PlatformClock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.log = log;
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
        customers.forEach(customer -> unique.merge(customer.externalId(), customer, CustomerIntake::over));
        List<Taken> taken = upsert(List.copyOf(unique.values()), since);
        log.append(taken.stream().filter(Taken::created)
                .map(one -> new NewEvent("customer.created:" + one.externalId(), "customer.created", one.id(), null, since.apply(one.externalId()), origin, Map.of()))
                .toList());
        tellConsent(unique, taken);
        return taken;
    }

    private List<Taken> upsert(List<CustomerInput> customers, Function<String, Instant> since) {
        Instant now = clock.instant();
        return jdbc.query(connection -> statement(connection, customers, since, now),
                (row, n) -> new Taken(row.getLong(1), row.getString(2), row.getBoolean(3)));
    }

    /** One statement for all; {@code xmax = 0} holds for rows that this statement inserted. */
    private static PreparedStatement statement(Connection connection, List<CustomerInput> customers, Function<String, Instant> since, Instant now)
            throws SQLException {
        var statement = connection.prepareStatement("""
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
                RETURNING id, external_id, xmax = 0""");
        statement.setTimestamp(1, Timestamp.from(now));
        statement.setArray(2, connection.createArrayOf("timestamptz", customers.stream().map(one -> since.apply(one.externalId()).toString()).toArray()));
        List<Function<CustomerInput, @Nullable Object>> columns = List.of(CustomerInput::externalId, c -> stripped(c.email()),
                c -> c.phone() == null ? null : c.phone().replaceAll("[\\s().-]", ""), CustomerInput::pushToken, CustomerInput::firstName,
                CustomerInput::lastName, CustomerInput::country, CustomerInput::timeZone,
                c -> c.birthday() == null ? null : c.birthday().toString(), c -> c.attributes() == null ? null : Json.write(c.attributes()));
        for (int column = 0; column < columns.size(); column++) {
            statement.setArray(3 + column, connection.createArrayOf("text", customers.stream().map(columns.get(column)).toArray()));
        }
        return statement;
    }

    private void tellConsent(Map<String, CustomerInput> customers, List<Taken> taken) {
        var statements = new ArrayList<ConsentGiven.Statement>();
        for (Taken one : taken) {
            var consent = customers.get(one.externalId()).consent();
            if (consent == null) {
                continue;
            }
            for (Channel channel : Channel.values()) {
                Boolean granted = consent.of(channel);
                if (granted != null) {
                    statements.add(new ConsentGiven.Statement(one.id(), channel, granted, consent.source(), consent.at()));
                }
            }
        }
        if (!statements.isEmpty()) {
            events.publishEvent(new ConsentGiven(List.copyOf(statements)));
        }
    }

    private static CustomerInput over(CustomerInput earlier, CustomerInput later) {
        return later;
    }

    private static @Nullable String stripped(@Nullable String text) {
        return text == null ? null : text.strip().toLowerCase(Locale.ROOT);
    }
}
