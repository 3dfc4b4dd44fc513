package dev.drover.audience.imports;

import dev.drover.audience.Customers;
import dev.drover.audience.EventInput;
import dev.drover.audience.EventIntake;
import dev.drover.eventlog.Event;
import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Events of the past from a file: they fill timelines and read models, and start nothing. */
@Component
class EventRows implements RowTaker {

    private final EventIntake intake;
    private final Customers customers;
    private final PlatformClock clock;

    EventRows(EventIntake intake, Customers customers, PlatformClock clock) {
        this.intake = intake;
        this.customers = customers;
        this.clock = clock;
    }

    @Override
    public ImportKind kind() {
        return ImportKind.EVENTS;
    }

    @Override
    public void take(ImportJob job, List<Row> rows) {
        Instant now = clock.instant();
        var known = customers.idsOf(rows.stream().map(row -> row.text("customerId")).filter(Objects::nonNull).toList());
        var good = new ArrayList<EventInput>();
        for (Row row : rows) {
            var event = new EventInput(row.text("eventId"), row.text("name"), row.text("customerId"), row.text("anonymousId"), row.instant("occurredAt"),
                    properties(row));
            event.problems(now).forEach(error -> row.refuse(error.message()));
            if (event.customerId() != null && event.anonymousId() == null && !known.containsKey(event.customerId())) {
                row.refuse("There is no customer '%s'. Import the customers first.".formatted(Row.shown(event.customerId())));
            }
            if (row.problems().isEmpty()) {
                good.add(event);
            }
        }
        intake.takeAll(good, "", Event.Origin.IMPORT);
    }

    private static Map<String, Object> properties(Row row) {
        var properties = new LinkedHashMap<String, Object>();
        String json = row.text("properties");
        if (json != null) {
            try {
                properties.putAll(Json.map(Json.write(Json.read(json, Map.class))));
            } catch (Problem e) {
                row.refuse("properties are no JSON object: " + e.getMessage());
            }
        }
        properties.putAll(row.below("properties."));
        return properties;
    }
}
