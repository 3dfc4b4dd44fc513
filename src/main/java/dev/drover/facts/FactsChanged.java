package dev.drover.facts;

import java.util.Collection;

/** What rules read of these customers (internal numbers) is something else now; published in the transaction that made it so, behind their locks. */
public record FactsChanged(Collection<Long> customerIds) {

    /** Whose reading of the event log leads to this. */
    public static final String CONSUMER = "facts";
}
