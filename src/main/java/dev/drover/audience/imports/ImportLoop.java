package dev.drover.audience.imports;

import dev.drover.kernel.PlatformClock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** One thread of this instance looks for imports to run, one at a time: they share the database with everything else. */
@Component
class ImportLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ImportLoop.class);
    private static final int TRIES = 3;
    private static final Duration PREVIEWS_KEPT = Duration.ofDays(1);
    /** Like the consumers of the event log: before the database goes. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 2048;

    private final ImportJobs jobs;
    private final ImportRunner runner;
    private final PlatformClock clock;
    private final Semaphore alarm = new Semaphore(0);
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    ImportLoop(ImportJobs jobs, ImportRunner runner, PlatformClock clock) {
        this.jobs = jobs;
        this.runner = runner;
        this.clock = clock;
    }

    void wake() {
        alarm.release();
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("imports").daemon().start(this::loop);
    }

    private void loop() {
        while (running) {
            try {
                var next = jobs.claim(ImportRunner.LEASE);
                if (next.isPresent()) {
                    run(next.get());
                } else {
                    jobs.forgetPreviewsBefore(clock.instant().minus(PREVIEWS_KEPT));
                    alarm.tryAcquire(2, TimeUnit.SECONDS);
                    alarm.drainPermits();
                }
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException e) {
                if (running) {
                    log.warn("Can't look for imports, trying again: {}", e.toString());
                    pause();
                }
            }
        }
    }

    private void run(long id) {
        try {
            runner.run(id, () -> running);
            if (!running) {
                jobs.release(id);
            }
        } catch (Exception e) {
            log.warn("Import {} failed", id, e);
            if (jobs.failedOnce(id, String.valueOf(e.getMessage())) >= TRIES) {
                jobs.failed(id);
            } else {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
        wake();
        var current = thread;
        if (current != null) {
            try {
                current.join(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
