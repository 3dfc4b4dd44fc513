package dev.drover.journey;

import dev.drover.audience.Customers;
import dev.drover.engine.EngineHistory;
import dev.drover.kernel.Person;
import dev.drover.kernel.PersonalData;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The ways somebody went. Counts stay; journeys that are on their way are ended by {@link ErasedJourneys}, for the engine takes no part in the
 * transaction: what it holds of a person, the customer's id and what the event said that began the journey, ends with the instance.
 */
@Component
class JourneyData implements PersonalData {

    private static final int MOST = 1_000;

    private final EngineHistory history;
    private final Customers customers;
    private final JdbcClient jdbc;

    JourneyData(EngineHistory history, Customers customers, JdbcClient jdbc) {
        this.history = history;
        this.customers = customers;
        this.jdbc = jdbc;
    }

    @Override
    public String field() {
        return "journeys";
    }

    @Override
    public Object held(Person person) {
        return history.instancesOf(customers.knownAs(person.externalId()), MOST).stream().map(instance -> Map.of("instance", instance, "steps", history.stepsOf(instance.key()))).toList();
    }

    @Override
    public void erase(Person person) {
        customers.knownAs(person.externalId()).forEach(this::erase);
    }

    private void erase(String externalId) {
        jdbc.sql("""
                INSERT INTO journey_erasure AS e (external_id, instances, until) VALUES (?, ?, clock_timestamp() + interval '20 seconds')
                ON CONFLICT (external_id) DO UPDATE SET instances = e.instances || excluded.instances, until = excluded.until""")
                .param(externalId).param(history.forget(externalId).toArray(Long[]::new)).update();
    }
}
