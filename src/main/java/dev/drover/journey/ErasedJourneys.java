package dev.drover.journey;

import dev.drover.engine.EngineHistory;
import dev.drover.engine.EngineInstances;
import dev.drover.kernel.BackgroundLoop;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Ends the journeys of who was erased, also when the engine was away at that moment. What had just begun is told by the history a little later, so it
 * looks again for some seconds.
 */
@Component
@ConditionalOnProperty(name = "drover.events.enabled", matchIfMissing = true, havingValue = "true")
class ErasedJourneys extends BackgroundLoop {

    private static final Duration EVERY = Duration.ofSeconds(2);

    private record Erased(String externalId, List<Long> instances) {}

    private final EngineInstances instances;
    private final EngineHistory history;
    private final JdbcClient jdbc;

    ErasedJourneys(EngineInstances instances, EngineHistory history, JdbcClient jdbc) {
        super("erased-journeys");
        this.instances = instances;
        this.history = history;
        this.jdbc = jdbc;
    }

    @Override
    protected Duration round(boolean rung) {
        jdbc.sql("SELECT external_id, instances FROM journey_erasure").query((row, n) -> new Erased(row.getString(1), Arrays.asList((Long[]) row.getArray(2).getArray())))
                .list().forEach(this::end);
        return EVERY;
    }

    /** A customer who was told anew under the same id since keeps what is theirs: then there is nothing more to look for. */
    private void end(Erased erased) {
        boolean anew = jdbc.sql("SELECT EXISTS (SELECT 1 FROM customer WHERE external_id = ?)").param(erased.externalId()).query(Boolean.class).single();
        var late = anew ? List.<Long>of() : history.forget(erased.externalId());
        CompletableFuture.allOf(Stream.concat(erased.instances().stream(), late.stream()).map(instances::cancel).toArray(CompletableFuture[]::new)).join();
        jdbc.sql("DELETE FROM journey_erasure WHERE external_id = ? AND (until < clock_timestamp() OR ?)").param(erased.externalId()).param(anew).update();
    }
}
