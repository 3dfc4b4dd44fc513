package dev.drover.facts;

import java.util.Map;
import java.util.Set;

/**
 * What rules read of these customers is something else now; published in the transaction that made it so.
 *
 * @param events names of what happened, by the customers' internal numbers; empty where sums changed without an event
 */
public record FactsChanged(Map<Long, Set<String>> events) {

    /** Whose reading of the event log leads to this. */
    public static final String CONSUMER = "facts";
}
