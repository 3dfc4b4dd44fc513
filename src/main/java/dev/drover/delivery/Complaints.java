package dev.drover.delivery;

import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventConsumer;
import java.sql.Timestamp;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Notes at a message that its recipient complained, by whichever way we heard of it. The message was delivered all the same. */
@Component
class Complaints implements EventConsumer {

    private final JdbcClient jdbc;

    Complaints(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "complaints";
    }

    @Override
    public Set<String> wanted() {
        return Set.of("message.complained");
    }

    @Override
    public void consume(List<Event> events) {
        for (Event event : events) {
            if (event.properties().get("messageId") instanceof Number id) {
                jdbc.sql("UPDATE message SET complained_at = ? WHERE id = ? AND complained_at IS NULL").param(Timestamp.from(event.occurredAt())).param(id.longValue()).update();
            }
        }
    }
}
