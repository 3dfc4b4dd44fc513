package dev.drover.journey;

import dev.drover.engine.Engine;
import dev.drover.engine.EngineInstances;
import dev.drover.engine.JobWorker;
import dev.drover.kernel.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes over somebody whom the engine itself can't migrate, such as who stands at a timer. From the old version's crossing, which its own variables come
 * to with the job, a message begins an instance of the newest version at the crossing there; then the old instance is ended, and the new one goes on at
 * the element it was meant for. Each part may come twice: the message has an id of its own, and an instance ends, or leaves the crossing, once.
 *
 * <p>The message is correlated by the customer, as every beginning is, so it begins when the old instance has ended and nobody is on the journey twice.
 */
@Component
class Crossing implements JobWorker {

    /** Longer than anything that could keep the old instance from ending. */
    private static final Duration MESSAGE_KEPT = Duration.ofDays(30);
    private static final String VARIABLE = "crossing";

    private final Engine engine;
    private final EngineInstances instances;
    private final JourneyControls controls;

    Crossing(Engine engine, EngineInstances instances, JourneyControls controls) {
        this.engine = engine;
        this.instances = instances;
        this.controls = controls;
    }

    /** @param step where it stands now @param to the element of the newest version @param until how long a wait there lasts for it; {@code null}: as for everybody */
    CompletableFuture<Void> begin(long instance, long step, String to, @Nullable Instant until) {
        var plan = new LinkedHashMap<String, Object>();
        plan.put("from", Long.toString(instance));
        plan.put("step", Long.toString(step));
        plan.put("to", to);
        plan.put("until", until == null ? null : until.toString());
        return instances.move(instance, step, EngineForm.CROSSING, Map.of(VARIABLE, plan));
    }

    @Override
    public String type() {
        return EngineForm.CROSSING;
    }

    @Override
    public Map<String, Object> handle(Job job) {
        if (!(job.variables().get(VARIABLE) instanceof Map<?, ?> plan) || !(plan.get("from") instanceof String from) || !(plan.get("to") instanceof String to)) {
            throw Problem.rejected("Nobody said where this customer was to go on.");
        }
        if (from.equals(Long.toString(job.processInstanceKey()))) {
            String customer = String.valueOf(job.variables().get("customerId"));
            done(engine.publish(EngineForm.crossingMessage(job.processId()), customer, "crossing-" + from + "-" + plan.get("step"), MESSAGE_KEPT, job.variables()));
            done(instances.cancel(job.processInstanceKey()));
        } else {
            controls.follow(Long.parseLong(from), job.processInstanceKey());
            done(instances.move(job.processInstanceKey(), job.elementInstanceKey(), to, Map.of()));
        }
        return Map.of();
    }

    private static void done(CompletableFuture<Void> command) {
        try {
            command.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Problem problem ? problem : e;
        }
    }
}
