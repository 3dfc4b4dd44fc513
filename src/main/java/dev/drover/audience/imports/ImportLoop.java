package dev.drover.audience.imports;

import dev.drover.kernel.BackgroundLoop;
import dev.drover.kernel.PlatformClock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** One thread of this instance looks for imports to run, one at a time: they share the database with everything else. */
@Component
class ImportLoop extends BackgroundLoop {

    private static final Logger log = LoggerFactory.getLogger(ImportLoop.class);
    private static final int TRIES = 3;
    private static final Duration PREVIEWS_KEPT = Duration.ofDays(1);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration BEFORE_ANOTHER_TRY = Duration.ofSeconds(1);

    private final ImportJobs jobs;
    private final ImportRunner runner;
    private final PlatformClock clock;

    ImportLoop(ImportJobs jobs, ImportRunner runner, PlatformClock clock) {
        super("imports");
        this.jobs = jobs;
        this.runner = runner;
        this.clock = clock;
    }

    void wake() {
        ring();
    }

    @Override
    protected Duration round(boolean rung) {
        var next = jobs.claim(ImportRunner.LEASE);
        if (next.isPresent()) {
            return run(next.get());
        }
        jobs.forgetPreviewsBefore(clock.instant().minus(PREVIEWS_KEPT));
        return LOOK;
    }

    private Duration run(long id) {
        try {
            runner.run(id, this::goesOn);
            if (!goesOn()) {
                jobs.release(id);
            }
            return Duration.ZERO;
        } catch (Exception e) {
            log.warn("Import {} failed", id, e);
            if (jobs.failedOnce(id, String.valueOf(e.getMessage())) >= TRIES) {
                jobs.failed(id);
            }
            return BEFORE_ANOTHER_TRY;
        }
    }
}
