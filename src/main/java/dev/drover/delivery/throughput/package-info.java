/**
 * Owns how much leaves by which provider and when: shares, rates, quotas, warm-up, circuit breakers, the pause. Knows providers by name only.
 */
@NullMarked
package dev.drover.delivery.throughput;

import org.jspecify.annotations.NullMarked;
