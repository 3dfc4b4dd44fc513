package dev.drover.worker;

import dev.drover.engine.Engine;
import dev.drover.engine.JobWorker.Job;
import dev.drover.kernel.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job's inputs, read with complaints a journey's author understands: they are shown as the incident. */
record Inputs(Job job) {

    String required(String name) {
        String value = text(name);
        if (value == null || value.isBlank()) {
            throw Problem.invalid(name, "The step '%s' has no input '%s'.".formatted(job.elementId(), name));
        }
        return value;
    }

    @Nullable String text(String name) {
        Object value = job.variables().get(name);
        return value == null ? null : value.toString();
    }

    String text(String name, String otherwise) {
        String value = text(name);
        return value == null || value.isBlank() ? otherwise : value;
    }

    /** @throws Problem rejected when it is there and is no object */
    Map<String, Object> map(String name) {
        Object value = job.variables().get(name);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> given) {
            var map = new LinkedHashMap<String, Object>();
            given.forEach((key, item) -> map.put(key.toString(), item));
            return map;
        }
        throw Problem.invalid(name, "The input '%s' of the step '%s' must be an object, such as {cartId: event.cartId}.".formatted(name, job.elementId()));
    }

    /** Unique for the step an instance takes, also when the job comes again, also over a new engine whose keys begin anew. */
    static String key(Engine engine, Job job) {
        return engine.identity() + ":" + job.elementInstanceKey();
    }

    static String instance(Engine engine, Job job) {
        return engine.identity() + ":" + job.processInstanceKey();
    }
}
