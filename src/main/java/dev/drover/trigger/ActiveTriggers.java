package dev.drover.trigger;

import dev.drover.kernel.Checks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Those that are switched on, at hand for whoever asks at each event. Another process may change them: pages and sweeps see that within seconds, and who reads
 * events at once, by {@link #eventsNow}.
 */
@Component
class ActiveTriggers {

    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

    private record Known(long generation, List<Trigger> triggers, Set<String> events) {}

    private final Triggers triggers;
    private final Map<Map<String, Object>, Optional<TriggerCondition>> conditions = new ConcurrentHashMap<>();
    private volatile Known known = new Known(-1, List.of(), Set.of());
    private volatile long readAt;

    ActiveTriggers(Triggers triggers) {
        this.triggers = triggers;
        refresh();
    }

    void refresh() {
        // Before the triggers: what changes in between is found to have changed when it is asked for next.
        long generation = triggers.generation();
        var active = triggers.active();
        known = new Known(generation, active, active.stream().flatMap(trigger -> trigger.definition().occasion().events().stream()).collect(Collectors.toUnmodifiableSet()));
        readAt = System.nanoTime();
    }

    List<Trigger> all() {
        return fresh().triggers();
    }

    /** Names of the events that one of them waits for. */
    Set<String> events() {
        return fresh().events();
    }

    /**
     * The same, of exactly those triggers that are switched on in this moment, whichever process did it. {@link #all} is as new afterwards. Whoever has read events asks
     * after that: then no event is passed that was told after a trigger was switched on.
     */
    Set<String> eventsNow() {
        if (triggers.generation() != known.generation()) {
            refresh();
        }
        return known.events();
    }

    private Known fresh() {
        if (System.nanoTime() - readAt > FRESH_NANOS) {
            refresh();
        }
        return known;
    }

    /** Its conditions, read; empty: it has none. Segments they ask for may have gone meanwhile: nobody is in those. */
    Optional<TriggerCondition> conditions(Definition definition) {
        if (definition.conditions() == null) {
            return Optional.empty();
        }
        if (conditions.size() > 1_000) {
            conditions.clear();
        }
        return conditions.computeIfAbsent(definition.conditions(), json -> {
            var checks = new Checks();
            var read = ConditionsReader.read(json, checks, new AnySegment(), true);
            checks.orThrow();
            return read;
        });
    }

    /** What was known when it was saved is let pass. */
    private static final class AnySegment extends java.util.AbstractSet<String> {

        @Override
        public boolean contains(Object key) {
            return true;
        }

        @Override
        public java.util.Iterator<String> iterator() {
            return List.<String>of().iterator();
        }

        @Override
        public int size() {
            return 0;
        }
    }
}
