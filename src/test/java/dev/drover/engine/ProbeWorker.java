package dev.drover.engine;

import dev.drover.kernel.Problem;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** A worker whose journeys say what it should do: {@code mode} complete, fail, error or outage (the first two times). */
@Component
class ProbeWorker implements JobWorker {

    private final Map<String, Queue<Job>> seen = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> outages = new ConcurrentHashMap<>();

    @Override
    public String type() {
        return "engine-probe";
    }

    @Override
    public Map<String, Object> handle(Job job) {
        String customer = String.valueOf(job.variables().get("customerId"));
        seen.computeIfAbsent(customer, c -> new ConcurrentLinkedQueue<>()).add(job);
        switch (String.valueOf(job.variables().get("mode"))) {
            case "fail" -> throw new IllegalStateException("the probe fails for " + customer);
            case "error" -> throw new BpmnError("probe-error", "the probe refuses");
            case "outage" -> {
                if (outages.computeIfAbsent(customer, c -> new AtomicInteger()).incrementAndGet() <= 2) {
                    throw Problem.unavailable("the probe's provider is away");
                }
            }
            default -> { }
        }
        return Map.of("probed", job.elementId());
    }

    Queue<Job> seen(String customer) {
        return seen.getOrDefault(customer, new ConcurrentLinkedQueue<>());
    }
}
