package dev.drover.engine;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What can be done with single instances, jobs and incidents that are there already. Every call may come twice, and answers in the end or fails with
 * {@code Problem}: unavailable while the engine is, rejected with the engine's own words. What has ended meanwhile is no failure unless it says so.
 */
public interface EngineInstances {

    CompletableFuture<Void> cancel(long instanceKey);

    /**
     * The engine's own migration: the instance, its jobs and its keys stay. What 8.5 can't migrate it refuses.
     *
     * @param definitionKey see {@link Engine.Deployed#key()}
     * @param mapping       element ids there by element ids here, of all that are active
     * @throws dev.drover.kernel.Problem not found when it has ended
     */
    CompletableFuture<Void> migrate(long instanceKey, long definitionKey, Map<String, String> mapping);

    /**
     * Goes on at another element of the same version.
     *
     * @param stepKey   is left
     * @param elementId is entered
     * @param variables set on the instance before
     * @throws dev.drover.kernel.Problem rejected or not found when it doesn't stand there any more
     */
    CompletableFuture<Void> move(long instanceKey, long stepKey, String elementId, Map<String, Object> variables);

    /** Gives the job of an incident one more try, where there is one, and goes on. @param jobKey 0: no job has given up */
    CompletableFuture<Void> retry(long incidentKey, long jobKey);

    /** Nobody else gets this taken job within that time. */
    CompletableFuture<Void> hold(long jobKey, Duration time);

    /** Whoever works on such jobs gets it within a second or two. */
    CompletableFuture<Void> giveBack(long jobKey);
}
