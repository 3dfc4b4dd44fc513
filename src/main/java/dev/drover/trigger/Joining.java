package dev.drover.trigger;

import dev.drover.segment.Segments;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** {@code add_to_segment}. */
@Component
class Joining {

    private final Segments segments;

    Joining(Segments segments) {
        this.segments = segments;
    }

    Outcome join(Trigger trigger, Execution execution) {
        String segment = trigger.definition().action().required("segment");
        int entered = segments.add(segment, List.of(Objects.requireNonNull(execution.customerId())), "automation");
        return entered > 0 ? Outcome.success(Map.of("segment", segment)) : new Outcome("skipped", "is in the segment already", Map.of("segment", segment));
    }
}
