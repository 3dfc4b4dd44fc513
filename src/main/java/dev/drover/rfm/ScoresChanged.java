package dev.drover.rfm;

import java.time.Instant;

/**
 * Somebody's scores are others than before; published in the transaction that made it so.
 *
 * @param run when, as {@code customer_rfm.scored_at} has it for those it happened to
 */
public record ScoresChanged(Instant run) {}
