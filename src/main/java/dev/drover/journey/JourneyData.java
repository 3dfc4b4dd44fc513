package dev.drover.journey;

import dev.drover.engine.EngineHistory;
import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.Person;
import dev.drover.kernel.PersonalData;
import dev.drover.kernel.PlatformClock;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The ways somebody went. Counts stay; journeys that are on their way are ended by {@link ErasedJourneys}, for the engine takes no part in the
 * transaction: what it holds of a person, the customer's id and what the event said that began the journey, ends with the instance.
 */
@Component
class JourneyData implements PersonalData {

    private static final int MOST = 1_000;

    private final EngineHistory history;
    private final EventLog log;
    private final PlatformClock clock;

    JourneyData(EngineHistory history, EventLog log, PlatformClock clock) {
        this.history = history;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public String field() {
        return "journeys";
    }

    @Override
    public Object held(Person person) {
        return history.instancesOf(person.externalId(), MOST).stream().map(instance -> Map.of("instance", instance, "steps", history.stepsOf(instance.key()))).toList();
    }

    @Override
    public void erase(Person person) {
        var running = history.forget(person.externalId());
        if (!running.isEmpty()) {
            log.append(new NewEvent(ErasedJourneys.ENDED + ":" + person.id(), ErasedJourneys.ENDED, null, null, clock.instant(), Event.Origin.LIVE,
                    Map.of("instances", running)));
        }
    }
}
