package dev.drover.kernel;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Something that a thread of this process does again and again: after a rest, or as soon as it is rung for. A round that fails is told in the log
 * and tried again. Begins with the application; ends before the database goes, after the round in which it is.
 */
public abstract class BackgroundLoop implements SmartLifecycle {

    /** With the consumers of the event log: after the web server stops taking requests, before the engine and the database go. */
    private static final int WITH_THE_CONSUMERS = SmartLifecycle.DEFAULT_PHASE - 2048;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final long PATIENCE_MILLIS = 10_000;

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final String name;
    private final int phase;
    private final Semaphore bell = new Semaphore(0);
    private volatile boolean running;
    private volatile Thread thread = new Thread();

    /** @param name of the thread: what it does, in a word or two */
    protected BackgroundLoop(String name) {
        this(name, WITH_THE_CONSUMERS);
    }

    /** @param phase the lower, the earlier it begins and the later it ends */
    protected BackgroundLoop(String name, int phase) {
        this.name = name;
        this.phase = phase;
    }

    /**
     * One round.
     *
     * @param rung whether somebody asked for it
     * @return how long to rest afterwards, unless somebody rings
     */
    protected abstract Duration round(boolean rung);

    /** Asks for a round now. Cheap; may be called often. */
    protected final void ring() {
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    /** {@code false}: leave off where you are, the application ends. */
    protected final boolean goesOn() {
        return running;
    }

    /** Told before the first round. */
    protected void beginning() {}

    /** Told when the application ends, so that a long round can be cut short. */
    protected void ending() {}

    /** Told after the last round. */
    protected void ended() {}

    private void work() {
        Duration rest = Duration.ZERO;
        while (running) {
            try {
                boolean rung = bell.tryAcquire(rest.toNanos(), TimeUnit.NANOSECONDS);
                bell.drainPermits();
                if (running) {
                    rest = round(rung);
                }
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException e) {
                rest = AFTER_FAILURE;
                if (running) {
                    log.warn("The work of '{}' failed, trying again in {} s: {}", name, rest.toSeconds(), e.toString());
                }
            }
        }
    }

    @Override
    public final void start() {
        beginning();
        running = true;
        thread = Thread.ofPlatform().name(name).daemon().start(this::work);
    }

    @Override
    public final void stop() {
        running = false;
        ending();
        ring();
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended();
    }

    @Override
    public final boolean isRunning() {
        return running;
    }

    @Override
    public final int getPhase() {
        return phase;
    }
}
