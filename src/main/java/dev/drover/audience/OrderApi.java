package dev.drover.audience;

import dev.drover.eventlog.Event;
import dev.drover.kernel.PlatformClock;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/orders")
class OrderApi {

    private final OrderIntake intake;
    private final PlatformClock clock;

    OrderApi(OrderIntake intake, PlatformClock clock) {
        this.intake = intake;
        this.clock = clock;
    }

    @PostMapping
    ResponseEntity<Map<String, Object>> place(@RequestBody OrderInput order) {
        boolean created = intake.take(order, Event.Origin.LIVE);
        return ResponseEntity.status(created ? 201 : 200).body(Map.of("externalId", order.externalId(), "created", created));
    }

    @PostMapping("/batch")
    Ndjson.Answer batch(HttpServletRequest request) throws IOException {
        var now = clock.instant();
        var read = new Ndjson<>(OrderInput.class, order -> order.problems(now)).read(request.getInputStream());
        var unknown = intake.problems(read.items());
        var good = new ArrayList<OrderInput>();
        for (int n = 0; n < read.items().size(); n++) {
            if (unknown.containsKey(n)) {
                read.rejected().put(read.lines().get(n), Ndjson.message(unknown.get(n)));
            } else {
                good.add(read.items().get(n));
            }
        }
        Ndjson.chunks(good).forEach(chunk -> intake.takeAll(chunk, Event.Origin.LIVE));
        return Ndjson.answer(good.size(), read.rejected());
    }
}
