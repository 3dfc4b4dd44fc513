package dev.drover.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What the platform asks of Camunda 8. Every call answers in the end or fails with {@code Problem} unavailable; back-pressure is retried inside. */
public interface Engine {

    /** @param key the engine's process definition key */
    record Deployed(long key, String processId, int version, String resource) {}

    /** The id of this engine's data: keys of elements and instances are unique within it, and only within it. */
    String identity();

    boolean healthy();

    /**
     * Deploys resources together; an unchanged one keeps its version.
     *
     * @param resources by file name
     * @throws dev.drover.kernel.Problem rejected with the engine's own words
     */
    List<Deployed> deploy(Map<String, byte[]> resources);

    /** @param messageId a repeat within {@code timeToLive} is absorbed */
    CompletableFuture<Void> publish(String name, String correlationKey, String messageId, Duration timeToLive, Map<String, Object> variables);

    /**
     * Starts an instance behind its start event.
     *
     * @param startBefore element ids to start before; empty: the none start event
     * @return the process instance key
     */
    CompletableFuture<Long> start(String processId, Map<String, Object> variables, List<String> startBefore);
}
