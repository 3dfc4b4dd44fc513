package dev.drover.trigger;

import dev.drover.segment.Segments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Whether after a delay an occasion still is one: who left the segment again needn't be welcomed there. */
@Component
class Occasions {

    private final Segments segments;
    private final Silence silence;
    private final Dates dates;

    Occasions(Segments segments, Silence silence, Dates dates) {
        this.segments = segments;
        this.silence = silence;
        this.dates = dates;
    }

    /** @return those for whom it is none any more, with why */
    Map<Execution, String> gone(Occasion occasion, List<Execution> executions) {
        if (executions.isEmpty()) {
            return Map.of();
        }
        return switch (occasion) {
            case Occasion.OnEvent event -> Map.of();
            case Occasion.SegmentEntry entry -> where(executions, who(executions, entry.segment()), false, "left the segment again during the delay");
            case Occasion.SegmentExit exit -> where(executions, who(executions, exit.segment()), true, "came back into the segment during the delay");
            case Occasion.OnDate date -> dates.moved(date, executions);
            case Occasion.Inactivity inactivity -> silence.broken(inactivity, executions);
        };
    }

    private Set<Long> who(List<Execution> executions, String segment) {
        var ids = executions.stream().map(execution -> Objects.requireNonNull(execution.customerId())).distinct().toList();
        return segments.of(ids).entrySet().stream().filter(entry -> entry.getValue().contains(segment)).map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static Map<Execution, String> where(List<Execution> executions, Set<Long> members, boolean in, String reason) {
        var gone = new HashMap<Execution, String>();
        executions.stream().filter(execution -> members.contains(execution.customerId()) == in).forEach(execution -> gone.put(execution, reason));
        return gone;
    }
}
