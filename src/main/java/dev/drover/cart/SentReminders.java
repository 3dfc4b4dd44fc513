package dev.drover.cart;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What carts ask of whoever sends: the ledger stands on a higher floor and implements it. */
public interface SentReminders {

    /**
     * One recovery.
     *
     * @param id        by which the answer tells of it
     * @param from      when it began, included
     * @param until     when it ended, not included
     * @param templates by which it reminds
     */
    record Recovery(long id, long customerId, Instant from, Instant until, List<String> templates) {}

    /** How many reminders of each really left, by {@link Recovery#id}; where none did, it is left out. */
    Map<Long, Integer> counts(Collection<Recovery> recoveries);
}
