package dev.drover.delivery.throughput;

import java.time.Instant;

/** What becomes of a message that is due. */
public sealed interface Placement {

    record Go(Ticket ticket) implements Placement {}

    /** There is room again then. */
    record Wait(Instant until, String rule, String reason) implements Placement {}

    /** Its turn comes within moments: it stays where it is. */
    record Stay() implements Placement {}
}
