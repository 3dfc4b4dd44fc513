package dev.drover.experiment;

import dev.drover.kernel.Json;
import dev.drover.kernel.Person;
import dev.drover.kernel.PersonalData;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which variants a person was given, and of what they were kept out. All of it hangs on the customer's row and goes with it. */
@Component
class ExperimentData implements PersonalData {

    private final JdbcClient jdbc;

    ExperimentData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String field() {
        return "experiments";
    }

    @Override
    public Object held(Person person) {
        return Map.of("variants", rows("SELECT to_jsonb(a) - 'customer_id' FROM experiment_assignment a WHERE customer_id = ? ORDER BY assigned_at", person),
                "holdouts", rows("SELECT to_jsonb(e) - 'customer_id' FROM holdout_exposure e WHERE customer_id = ? ORDER BY first_at", person));
    }

    private List<Map<String, Object>> rows(String sql, Person person) {
        return jdbc.sql(sql).param(person.id()).query((row, n) -> Json.map(row.getString(1))).list();
    }

    @Override
    public void erase(Person person) {
        // By the foreign keys, with the customer's row.
    }
}
