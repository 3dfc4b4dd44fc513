package dev.drover.delivery;

import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * While messages are written by the thousand, advertising leaves with a breath between its sets: both want the same processors, and the sooner all are written, the
 * sooner they can leave unhindered. What isn't advertising doesn't wait. Each process for itself. Thread-safe.
 */
@Component
class GivingWay {

    /** Fewer are written before anybody could give way. */
    static final int MANY = 5_000;
    static final Duration BREATH = Duration.ofMillis(500);
    /** From one set's being written to the next's. */
    static final Duration BETWEEN = Duration.ofSeconds(1);

    private final LongSupplier nanos;
    private int writers;
    private long writtenAt;
    private long tookAt;

    @Autowired
    GivingWay() {
        this(System::nanoTime);
    }

    /** @param nanos from any origin, never backwards */
    GivingWay(LongSupplier nanos) {
        this.nanos = nanos;
        writtenAt = nanos.getAsLong() - BETWEEN.toNanos();
        tookAt = nanos.getAsLong() - BREATH.toNanos();
    }

    /** @param writing says how many it wrote */
    int whileWriting(int messages, IntSupplier writing) {
        if (messages < MANY) {
            return writing.getAsInt();
        }
        count(1);
        try {
            return writing.getAsInt();
        } finally {
            count(-1);
        }
    }

    private synchronized void count(int more) {
        writers += more;
        writtenAt = nanos.getAsLong();
    }

    /** Whether a set of advertising may be claimed now; if so, the next has to wait. */
    synchronized boolean mayTake() {
        long now = nanos.getAsLong();
        if ((writers > 0 || now - writtenAt < BETWEEN.toNanos()) && now - tookAt < BREATH.toNanos()) {
            return false;
        }
        tookAt = now;
        return true;
    }
}
