package dev.drover.trigger;

import dev.drover.kernel.DemoMode;
import dev.drover.kernel.Problem;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Two triggers for the demo to look at and try, switched off. Once: whoever deletes them is rid of them. */
@Component
@Order(30)
class DemoTriggers implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(DemoTriggers.class);

    private final DemoMode demo;
    private final ShippedTriggers shipped;

    DemoTriggers(DemoMode demo, ShippedTriggers shipped) {
        this.demo = demo;
        this.shipped = shipped;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (demo.on()) {
            make(new TriggerInput("big-orders", "Thank for a big order", "An hour after an order of 60 or more, at most once a month.", "event", "order.placed", null, null, null,
                    List.of(Map.of("field", "event.total", "operator", "gte", "value", 60)), "PT1H", mail("order-thanks"), null, new TriggerInput.OfCap(1, 30), null, null, false));
            make(new TriggerInput("former-vips", "A VIP no more", "Who leaves the VIPs, and is none a day later still, hears that they are missed.", "segment_exit", null, "vip", null, null,
                    null, "P1D", mail("win-back-1"), null, new TriggerInput.OfCap(1, 90), null, null, false));
        }
    }

    private static Map<String, Object> mail(String template) {
        return Map.of("type", "send_email", "template", template);
    }

    private void make(TriggerInput wanted) {
        try {
            shipped.ship(wanted, "demo");
        } catch (Problem missing) {
            log.info("The demo's trigger {} isn't made: {}", wanted.key(), missing.getMessage());
        }
    }
}
