package dev.drover.journey;

import dev.drover.engine.Engine;
import dev.drover.engine.EngineInstances;
import dev.drover.kernel.BackgroundLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gives back the jobs that were kept while their journey or instance was paused, once it isn't. */
@Component
@ConditionalOnProperty(name = "drover.events.enabled", matchIfMissing = true, havingValue = "true")
class HeldJobs extends BackgroundLoop {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int AT_ONCE = 500;

    private final EngineInstances instances;
    private final Engine engine;
    private final JdbcClient jdbc;

    HeldJobs(EngineInstances instances, Engine engine, JdbcClient jdbc) {
        super("held-jobs");
        this.instances = instances;
        this.engine = engine;
        this.jdbc = jdbc;
    }

    @Override
    protected Duration round(boolean rung) {
        // What was noted a moment ago may not have been kept by the engine yet.
        var free = jdbc.sql("""
                SELECT h.job_key FROM held_job h WHERE h.engine = ? AND h.held_at < clock_timestamp() - interval '2 seconds'
                   AND NOT EXISTS (SELECT 1 FROM journey_control c WHERE c.journey_id = h.journey_id AND c.paused_at IS NOT NULL)
                   AND NOT EXISTS (SELECT 1 FROM paused_instance p WHERE p.engine = h.engine AND p.instance_key = h.instance_key)
                 ORDER BY h.job_key LIMIT ?""").param(engine.identity()).param(AT_ONCE).query(Long.class).list();
        CompletableFuture.allOf(free.stream().map(instances::giveBack).toArray(CompletableFuture[]::new)).join();
        // One that was taken and kept again meanwhile, for a new pause, stays noted.
        jdbc.sql("DELETE FROM held_job WHERE engine = ? AND job_key = ANY (?) AND held_at < clock_timestamp() - interval '2 seconds'").param(engine.identity())
                .param(free.toArray(Long[]::new)).update();
        return free.size() == AT_ONCE ? Duration.ZERO : EVERY;
    }
}
