package dev.drover.segment;

import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.PlatformClock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Tells the event log who entered and left, in the transaction that made it so. */
@Component
class SegmentNews {

    private final EventLog log;
    private final PlatformClock clock;

    SegmentNews(EventLog log, PlatformClock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** @param keys segment keys by number @param origin of a change: what history brought about starts no journey */
    void tell(String name, List<Memberships.Change> changes, Map<Long, String> keys, Function<Memberships.Change, Event.Origin> origin) {
        var now = clock.instant();
        log.append(changes.stream().map(change -> {
            var properties = new LinkedHashMap<String, Object>();
            properties.put("segment", keys.get(change.member().segmentId()));
            if (change.rule() != null) {
                properties.put("rule", change.rule());
            }
            properties.put("reason", change.reason());
            return new NewEvent(name + ":" + change.id(), name, change.member().customerId(), null, now, origin.apply(change), properties);
        }).toList());
    }
}
