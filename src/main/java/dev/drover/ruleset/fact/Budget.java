package dev.drover.ruleset.fact;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time that one decision may take. Rules can't be interrupted from outside; so the facts they read and the session's listener look at it
 * now and then. For one thread.
 */
public final class Budget {

    /** Comes out of a decision that took too long. */
    public static final class Overrun extends RuntimeException {

        Overrun() {
            super("The rules take too long.", null, false, false);
        }
    }

    /** Reading a clock costs more than reading a fact. */
    private static final int EVERY = 8;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final LongSupplier clock;
    private final long start;
    private final long most;
    private int ticks;

    private Budget(LongSupplier clock, Duration most) {
        this.clock = clock;
        this.start = clock.getAsLong();
        this.most = most.toNanos();
    }

    /** By the machine's clock: cheap, but a machine that stands still for a while uses it up too. */
    public static Budget elapsed(Duration most) {
        return new Budget(System::nanoTime, most);
    }

    /** By the time the processor spent on this thread, which is no virtual one. */
    public static Budget processor(Duration most) {
        return new Budget(THREADS::getCurrentThreadCpuTime, most);
    }

    public void tick() {
        if (++ticks % EVERY == 0) {
            check();
        }
    }

    /** @throws Overrun when it is used up */
    public void check() {
        if (spent() > most) {
            throw new Overrun();
        }
    }

    public long spent() {
        return clock.getAsLong() - start;
    }
}
