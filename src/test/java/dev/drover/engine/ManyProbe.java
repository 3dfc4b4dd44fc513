package dev.drover.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** A worker for many jobs at once that can't stand one whose {@code mode} is fail: all of them break with it. */
@Component
class ManyProbe implements JobWorker.OfMany {

    private final Map<String, AtomicInteger> done = new ConcurrentHashMap<>();

    @Override
    public String type() {
        return "engine-probe-many";
    }

    @Override
    public List<Supplier<Map<String, Object>>> handle(List<Job> jobs) {
        if (jobs.stream().anyMatch(job -> "fail".equals(job.variables().get("mode")))) {
            throw new IllegalStateException("the probe fails for one of %d".formatted(jobs.size()));
        }
        return jobs.stream().<Supplier<Map<String, Object>>>map(job -> () -> {
            done.computeIfAbsent(String.valueOf(job.variables().get("customerId")), c -> new AtomicInteger()).incrementAndGet();
            return Map.of();
        }).toList();
    }

    int done(String customer) {
        return done.getOrDefault(customer, new AtomicInteger()).get();
    }
}
