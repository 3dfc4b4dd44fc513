package dev.drover.delivery.hooks;

import dev.drover.kernel.BackgroundLoop;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Applies what was told: many at once, and one by one where one of them stands in the way. */
@Component
class EventLoop extends BackgroundLoop {

    private static final Logger log = LoggerFactory.getLogger(EventLoop.class);
    private static final Duration REST = Duration.ofSeconds(2);
    private static final int AT_ONCE = 200;
    private static final int ROUNDS_BETWEEN_CLEANINGS = 1_000;

    private final EventDesk desk;
    private final KeptEvents kept;
    private int rounds;

    EventLoop(EventDesk desk, KeptEvents kept) {
        super("provider events");
        this.desk = desk;
        this.kept = kept;
    }

    void hurry() {
        ring();
    }

    @Override
    protected Duration round(boolean rung) {
        if (rounds++ % ROUNDS_BETWEEN_CLEANINGS == 0) {
            kept.clean();
        }
        boolean more = true;
        while (more && goesOn()) {
            more = some();
        }
        return REST;
    }

    private boolean some() {
        try {
            return desk.apply(AT_ONCE) == AT_ONCE;
        } catch (RuntimeException e) {
            log.warn("{} events of providers couldn't be applied at once, trying each alone: {}", AT_ONCE, e.toString());
            for (long id : desk.due(AT_ONCE)) {
                try {
                    desk.applyOne(id);
                } catch (RuntimeException alone) {
                    desk.failed(id, alone.toString());
                }
            }
            return false;
        }
    }
}
