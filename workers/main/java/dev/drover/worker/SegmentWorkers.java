package dev.drover.worker;

import dev.drover.audience.Customers;
import dev.drover.engine.JobWorker;
import dev.drover.segment.Segments;
import java.util.Map;
import java.util.function.BiFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@code check-segment} (result {@code inSegment}), {@code add-to-segment}, {@code remove-from-segment}; input {@code segment}. */
@Configuration
class SegmentWorkers {

    private record Worker(String type, Customers customers, BiFunction<String, Long, Map<String, Object>> act) implements JobWorker {

        @Override
        public Map<String, Object> handle(Job job) {
            var inputs = new Inputs(job);
            return act.apply(inputs.required("segment"), customers.require(inputs.required("customerId")).id());
        }
    }

    @Bean
    JobWorker checkSegment(Segments segments, Customers customers) {
        return new Worker("check-segment", customers, (segment, customer) -> Map.of("inSegment", segments.isMember(segment, customer)));
    }

    @Bean
    JobWorker addToSegment(Segments segments, Customers customers) {
        return new Worker("add-to-segment", customers, (segment, customer) -> {
            segments.add(segment, customer, "automation");
            return Map.of();
        });
    }

    @Bean
    JobWorker removeFromSegment(Segments segments, Customers customers) {
        return new Worker("remove-from-segment", customers, (segment, customer) -> {
            segments.remove(segment, customer, "automation");
            return Map.of();
        });
    }
}
