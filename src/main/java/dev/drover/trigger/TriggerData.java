package dev.drover.trigger;

import dev.drover.kernel.Person;
import dev.drover.kernel.PersonalData;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The log: rows stay and are counted, as nobody's; what the event told and what came of it goes, and what waits is not done any more. */
@Component
class TriggerData implements PersonalData {

    private static final int MOST = 10_000;

    private final JdbcClient jdbc;

    TriggerData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String field() {
        return "triggers";
    }

    @Override
    public Object held(Person person) {
        Map<Long, String> names = new LinkedHashMap<>();
        jdbc.sql("SELECT id, key FROM marketing_trigger").query(row -> {
            names.put(row.getLong(1), row.getString(2));
        });
        return jdbc.sql(Executions.ROWS + "WHERE l.customer_id = ? ORDER BY l.id LIMIT ?").param(person.id()).param(MOST).query(Executions.ROW).list().stream()
                .sorted(Comparator.comparing(Execution::id)).map(execution -> ExecutionView.of(execution, names.getOrDefault(execution.triggerId(), ""))).toList();
    }

    @Override
    public void erase(Person person) {
        jdbc.sql("""
                UPDATE trigger_execution_log SET customer_id = NULL, occasion = 'erased:' || id, event_id = NULL, event_data = NULL, action_result = NULL, lease_until = NULL,
                       error_message = CASE WHEN execution_status IN ('waiting', 'held', 'running') THEN 'the customer is gone' END,
                       execution_status = CASE WHEN execution_status IN ('waiting', 'held', 'running') THEN 'skipped' ELSE execution_status END
                 WHERE customer_id = ?""").param(person.id()).update();
    }
}
