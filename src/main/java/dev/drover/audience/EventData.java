package dev.drover.audience;

import dev.drover.kernel.Json;
import dev.drover.kernel.Person;
import dev.drover.kernel.PersonalData;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What somebody did. The log tells it with whatever the shop sent along, so that the rows go: those of the customer, those of the shop's sessions
 * they came in by before anybody knew who it was, and those that name their address.
 */
@Component
class EventData implements PersonalData {

    private final JdbcClient jdbc;

    EventData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String field() {
        return "events";
    }

    @Override
    public Object held(Person person) {
        return jdbc.sql("""
                SELECT jsonb_build_object('eventId', event_id, 'name', name, 'anonymousId', anonymous_id, 'occurredAt', occurred_at, 'properties', properties)
                  FROM event_log WHERE customer_id = ? ORDER BY occurred_at, position""")
                .param(person.id()).query((row, n) -> Json.map(row.getString(1))).list();
    }

    @Override
    public void erase(Person person) {
        jdbc.sql("""
                WITH session AS (SELECT DISTINCT anonymous_id FROM event_log WHERE customer_id = :id AND anonymous_id IS NOT NULL),
                gone AS (DELETE FROM event_log
                          WHERE customer_id = :id
                             OR customer_id IS NULL AND anonymous_id IN (SELECT anonymous_id FROM session)
                             OR customer_id IS NULL AND lower(properties ->> 'email') = :email
                             OR customer_id IS NULL AND properties ->> 'phone' = :phone
                         RETURNING position)
                DELETE FROM event_setback WHERE position IN (SELECT position FROM gone)""")
                .param("id", person.id()).param("email", person.email()).param("phone", person.phone()).update();
    }
}
