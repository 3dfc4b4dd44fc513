package dev.drover.delivery.throughput;

import java.time.Instant;

/**
 * A breaker that has opened.
 *
 * @param until nothing is handed over before; then a few messages try
 * @param times openings one after the other, without a message taken in between
 */
record Opening(Instant at, Instant until, String why, int times) {

    boolean holds(Instant now) {
        return now.isBefore(until);
    }
}
