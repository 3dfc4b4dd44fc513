package dev.drover.journey;

import dev.drover.engine.Engine;
import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventConsumer;
import dev.drover.kernel.Problem;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.stereotype.Component;

/** Ends the journeys of who was erased. It comes by the log, so that it is done also when the engine was away at that moment, and done again harmlessly. */
@Component
class ErasedJourneys implements EventConsumer {

    static final String ENDED = "journeys.ended_by_erasure";

    private final Engine engine;

    ErasedJourneys(Engine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return "erased-journeys";
    }

    @Override
    public Set<String> wanted() {
        return Set.of(ENDED);
    }

    @Override
    public void consume(List<Event> events) {
        var ending = events.stream().map(event -> event.properties().get("instances")).filter(List.class::isInstance).flatMap(keys -> ((List<?>) keys).stream())
                .map(key -> engine.cancel(((Number) key).longValue())).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ending).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Problem problem ? problem : e;
        }
    }
}
