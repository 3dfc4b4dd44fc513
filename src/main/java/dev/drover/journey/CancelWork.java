package dev.drover.journey;

import dev.drover.delivery.Deliveries;
import dev.drover.engine.Engine;
import dev.drover.engine.EngineCrowd;
import dev.drover.engine.EngineInstances;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** Ends the journey for many, and takes back what it has waiting for them. */
@Component
class CancelWork implements JourneyWork {

    private static final int AT_ONCE = 200;

    private final EngineCrowd crowd;
    private final EngineInstances instances;
    private final Deliveries deliveries;
    private final Engine engine;

    CancelWork(EngineCrowd crowd, EngineInstances instances, Deliveries deliveries, Engine engine) {
        this.crowd = crowd;
        this.instances = instances;
        this.deliveries = deliveries;
        this.engine = engine;
    }

    @Override
    public JourneyTask.Kind kind() {
        return JourneyTask.Kind.CANCEL;
    }

    @Override
    public long remaining(JourneyTask task) {
        return crowd.count(task.journeyId(), task.version(), task.lastKey());
    }

    @Override
    public long some(JourneyTask task) {
        var keys = crowd.keys(task.journeyId(), task.version(), task.atKey(), task.lastKey(), AT_ONCE);
        end(keys);
        return keys.isEmpty() ? 0 : keys.getLast();
    }

    void end(List<Long> keys) {
        CompletableFuture.allOf(keys.stream().map(instances::cancel).toArray(CompletableFuture[]::new)).join();
        deliveries.cancelPending(keys.stream().map(key -> engine.identity() + ":" + key).toList(), "the journey was ended");
    }
}
