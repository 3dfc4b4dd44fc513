package dev.drover.journey;

import dev.drover.engine.JobWorker;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/** A worker that tells what it did for whom, and complains of those that a test says are broken. */
@Component
class StepProbe implements JobWorker {

    static final String TYPE = "journey-probe";

    private final Map<String, List<String>> done = new ConcurrentHashMap<>();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Map<String, Object> handle(Job job) {
        String customer = String.valueOf(job.variables().get("customerId"));
        if (broken.contains(customer)) {
            throw new IllegalStateException("There is no template for " + customer + ".");
        }
        done.computeIfAbsent(customer, none -> new CopyOnWriteArrayList<>()).add(job.elementId());
        return Map.of();
    }

    /** Elements in the order they were done, each as often as it was. */
    List<String> done(String customer) {
        return done.getOrDefault(customer, List.of());
    }

    void breaks(String customer) {
        broken.add(customer);
    }

    void mends(String customer) {
        broken.remove(customer);
    }
}
