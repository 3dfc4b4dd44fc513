package dev.drover.cart;

import dev.drover.kernel.BackgroundLoop;
import dev.drover.kernel.ClockMoved;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Looks for carts that were left, every few seconds and as soon as the clock was moved. */
@Component
@ConditionalOnProperty(name = "drover.events.enabled", matchIfMissing = true, havingValue = "true")
class DetectionLoop extends BackgroundLoop {

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Detection detection;
    private final Recoveries recoveries;

    DetectionLoop(Detection detection, Recoveries recoveries) {
        super("cart-detection");
        this.detection = detection;
        this.recoveries = recoveries;
    }

    @EventListener
    void on(ClockMoved moved) {
        ring();
    }

    @Override
    protected Duration round(boolean rung) {
        if (detection.detect() == Detection.BATCH) {
            return Duration.ZERO;
        }
        recoveries.expire();
        return EVERY;
    }
}
