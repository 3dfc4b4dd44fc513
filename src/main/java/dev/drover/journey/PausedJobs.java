package dev.drover.journey;

import dev.drover.engine.Engine;
import dev.drover.engine.EngineInstances;
import dev.drover.engine.JobGate;
import dev.drover.engine.JobWorker.Job;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Nobody does the jobs of a paused journey. The engine knows no pausing: a job that comes is kept as if somebody were working on it, for {@link #KEPT} at a
 * time, which costs it neither a retry nor its place, and noted, so that {@link HeldJobs} can give it back the moment the journey goes on.
 */
@Component
class PausedJobs implements JobGate {

    /** A hundred thousand jobs that wait come by 28 times a second. */
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Logger log = LoggerFactory.getLogger(PausedJobs.class);

    private final JourneyControls controls;
    private final EngineInstances instances;
    private final Engine engine;
    private final JdbcClient jdbc;

    PausedJobs(JourneyControls controls, EngineInstances instances, Engine engine, JdbcClient jdbc) {
        this.controls = controls;
        this.instances = instances;
        this.engine = engine;
        this.jdbc = jdbc;
    }

    @Override
    public boolean keepsBack(String type, Job job) {
        // Who is on the way to another version arrives there first.
        if (type.equals(EngineForm.CROSSING) || !controls.holds(job.processId(), job.processInstanceKey())) {
            return false;
        }
        // Noted first: who dies between the two gets it again after the usual time.
        jdbc.sql("""
                INSERT INTO held_job (engine, job_key, journey_id, instance_key) VALUES (?, ?, ?, ?)
                ON CONFLICT (engine, job_key) DO UPDATE SET held_at = excluded.held_at""")
                .param(engine.identity()).param(job.key()).param(job.processId()).param(job.processInstanceKey()).update();
        instances.hold(job.key(), KEPT).exceptionally(away -> {
            log.info("The job {} of a paused journey can't be kept back just now; it comes again: {}", job.key(), away.getMessage());
            return null;
        });
        return true;
    }
}
