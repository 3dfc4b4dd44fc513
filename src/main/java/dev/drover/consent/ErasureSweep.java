package dev.drover.consent;

import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventConsumer;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes away what somebody wrote to the log who knew the person before the erasure and ended after it. The log is read only below whoever is still
 * at work, so that when this event comes, all of them have ended; and whoever begins later finds nobody.
 */
@Component
class ErasureSweep implements EventConsumer {

    static final String ERASED = "customer.erased";

    private final JdbcClient jdbc;

    ErasureSweep(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "erasures";
    }

    @Override
    public Set<String> wanted() {
        return Set.of(ERASED);
    }

    @Override
    public void consume(List<Event> events) {
        events.stream().map(event -> event.properties().get("customer")).filter(Number.class::isInstance).forEach(customer ->
                jdbc.sql("DELETE FROM event_log WHERE customer_id = ?").param(((Number) customer).longValue()).update());
    }
}
