package dev.drover.engine;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Does the jobs of one type. Declare a bean; the engine module opens a worker for it, completes the job with the returned variables, and
 * maps what it throws: {@code Problem} unavailable → retry with backoff; {@link BpmnError} → the error event of that code; anything else →
 * no retries left, so an incident with the message.
 */
public interface JobWorker {

    String type();

    /** Whether whoever draws a journey may use it; a process of ours has steps of its own. */
    default boolean forJourneys() {
        return true;
    }

    /** @return variables to complete the job with; the job may come twice, so what it does needs a key */
    Map<String, Object> handle(Job job);

    /** Does many jobs of its type at once, for little more than one costs. */
    interface OfMany extends JobWorker {

        /**
         * @return for each, in their order, what {@link #handle(Job)} would return or throw; what this itself throws counts for all, unless each by itself fares better
         */
        List<Supplier<Map<String, Object>>> handle(List<Job> jobs);

        @Override
        default Map<String, Object> handle(Job job) {
            return handle(List.of(job)).getFirst().get();
        }
    }

    /**
     * @param elementInstanceKey the same when the job comes again
     * @param variables          the job's, inputs mapped
     */
    record Job(long key, long elementInstanceKey, long processInstanceKey, String processId, int processVersion, String elementId,
            Map<String, Object> variables, Map<String, String> headers) {}

    class BpmnError extends RuntimeException {
        private final String code;

        public BpmnError(String code, String message) {
            super(message);
            this.code = code;
        }

        public String code() {
            return code;
        }
    }
}
