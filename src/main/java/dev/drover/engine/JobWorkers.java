package dev.drover.engine;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.worker.BackoffSupplier;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Opens a worker for every {@link JobWorker} bean. Another process with the same beans shares the work. */
@Component
@ConditionalOnProperty(name = "drover.workers.enabled", matchIfMissing = true, havingValue = "true")
class JobWorkers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JobWorkers.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final int JOBS_AT_HAND = 32;
    private static final Duration LONG_POLL = Duration.ofSeconds(20);
    /** Stops after the web server takes no more requests, before the event consumers. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1536;

    private final CamundaClient client;
    private final JobHandling handling;
    private final EngineSettings settings;
    private final Map<String, JobWorker> byType;
    private final EngineHealth health;
    private List<io.camunda.client.api.worker.JobWorker> open = List.of();
    private volatile boolean running;

    JobWorkers(CamundaClient client, JobHandling handling, EngineHealth health, EngineSettings settings, ObjectProvider<JobWorker> declared) {
        this.client = client;
        this.handling = handling;
        this.health = health;
        this.settings = settings;
        this.byType = byType(declared.orderedStream().toList());
    }

    private static Map<String, JobWorker> byType(List<JobWorker> workers) {
        var byType = new HashMap<String, JobWorker>();
        for (JobWorker worker : workers) {
            JobWorker other = byType.put(worker.type(), worker);
            if (other != null) {
                throw new IllegalStateException("Two workers for the job type '%s': %s and %s."
                        .formatted(worker.type(), other.getClass().getName(), worker.getClass().getName()));
            }
        }
        return byType;
    }

    /** Opens them once the engine is there, which at the first start takes longer than the rest of the application. */
    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("workers-opening").start(() -> {
            while (running && !health.up()) {
                LockSupport.parkNanos(LOOK.toNanos());
            }
            openAll();
        });
    }

    private synchronized void openAll() {
        if (!running) {
            return;
        }
        open = byType.values().stream().map(this::open).toList();
        log.info("Workers for {}", byType.keySet().stream().sorted().toList());
    }

    private io.camunda.client.api.worker.JobWorker open(JobWorker worker) {
        return client.newWorker()
                .jobType(worker.type())
                .handler(handling.of(worker))
                .timeout(settings.jobTimeout())
                .maxJobsActive(JOBS_AT_HAND)
                .requestTimeout(LONG_POLL)
                // Not pushed: of a hundred thousand timers that end at once each job would come at once, run out of its time while it waits here, and come again.
                .streamEnabled(false)
                .backoffSupplier(BackoffSupplier.newBackoffBuilder().minDelay(100).maxDelay(2_000).backoffFactor(2.0).jitterFactor(0.2).build())
                .open();
    }

    @Override
    public synchronized void stop() {
        running = false;
        open.forEach(io.camunda.client.api.worker.JobWorker::close);
        open = List.of();
        handling.drain();
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
