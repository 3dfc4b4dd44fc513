package dev.drover.audience;

import dev.drover.eventlog.Event;
import dev.drover.kernel.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/events")
class EventApi {

    private static final int MOST = 10_000;

    /** One event, or {@code events}: many. */
    record Body(@Nullable String eventId, @Nullable String name, @Nullable String customerId, @Nullable String anonymousId, @Nullable Instant occurredAt,
            @Nullable Map<String, Object> properties, @Nullable List<EventInput> events) {}

    private final EventIntake intake;

    EventApi(EventIntake intake) {
        this.intake = intake;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    EventIntake.Taken take(@RequestBody Body body) {
        if (body.events() == null) {
            var one = new EventInput(body.eventId(), body.name(), body.customerId(), body.anonymousId(), body.occurredAt(), body.properties());
            return intake.takeAll(List.of(one), "", Event.Origin.LIVE);
        }
        if (body.events().size() > MOST) {
            throw Problem.invalid("events", "At most 10,000 events at once; nothing of this request was taken.");
        }
        return intake.takeAll(body.events(), "events[%d].", Event.Origin.LIVE);
    }
}
