package dev.drover.worker;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.engine.JobWorker;
import dev.drover.kernel.PlatformClock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * {@code wait-until}: works out a moment on the customer's own clock, for the timer behind it. Inputs {@code date?}, {@code weekday?}, {@code time?},
 * {@code timeZone?}; result {@code waitUntil}.
 */
@Component
class WaitUntilWorker implements JobWorker {

    private final Customers customers;
    private final PlatformClock clock;

    WaitUntilWorker(Customers customers, PlatformClock clock) {
        this.customers = customers;
        this.clock = clock;
    }

    @Override
    public String type() {
        return "wait-until";
    }

    @Override
    public Map<String, Object> handle(Job job) {
        var inputs = new Inputs(job);
        var wish = LocalMoment.of(inputs.text("date"), inputs.text("weekday"), inputs.text("time"));
        String zone = inputs.text("timeZone", "");
        ZoneId where = zone.isEmpty() ? customers.byExternalId(inputs.required("customerId")).map(Customer::timeZone).orElse(ZoneOffset.UTC) : LocalMoment.zone(zone);
        return Map.of("waitUntil", wish.next(clock.instant().atZone(where)).toOffsetDateTime().toString());
    }
}
