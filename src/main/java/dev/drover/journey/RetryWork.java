package dev.drover.journey;

import dev.drover.engine.EngineCrowd;
import dev.drover.engine.EngineInstances;
import dev.drover.engine.EngineLive;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** Gives everybody who is stuck at one element another try. Who gets stuck again has a new incident, which isn't this task's. */
@Component
class RetryWork implements JourneyWork {

    private static final int AT_ONCE = 200;

    private final EngineLive live;
    private final EngineCrowd crowd;
    private final EngineInstances instances;

    RetryWork(EngineLive live, EngineCrowd crowd, EngineInstances instances) {
        this.live = live;
        this.crowd = crowd;
        this.instances = instances;
    }

    @Override
    public JourneyTask.Kind kind() {
        return JourneyTask.Kind.RETRY;
    }

    @Override
    public long remaining(JourneyTask task) {
        return crowd.countTroubles(task.journeyId(), Objects.requireNonNull(task.version()), Objects.requireNonNull(task.elementId()), task.lastKey());
    }

    @Override
    public long some(JourneyTask task) {
        var some = live.troubles(task.journeyId(), Objects.requireNonNull(task.version()), task.elementId(), task.atKey(), AT_ONCE).stream()
                .filter(trouble -> trouble.key() <= task.lastKey()).toList();
        CompletableFuture.allOf(some.stream().map(trouble -> instances.retry(trouble.key(), trouble.jobKey())).toArray(CompletableFuture[]::new)).join();
        return some.isEmpty() ? 0 : some.getLast().key();
    }
}
