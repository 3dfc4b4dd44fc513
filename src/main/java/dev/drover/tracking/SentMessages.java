package dev.drover.tracking;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tracking asks of whoever sends: the ledger stands on a higher floor and implements it. */
public interface SentMessages {

    /**
     * @param customerId {@code null}: erased
     * @param leftAt     when it was handed over; {@code null}: that is just going on
     * @param facts      what events about it tell besides
     */
    record Sent(@Nullable Long customerId, @Nullable Instant leftAt, Map<String, Object> facts) {}

    /** Those that there are, by number. */
    Map<Long, Sent> of(Collection<Long> messageIds);
}
