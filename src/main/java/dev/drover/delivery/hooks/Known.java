package dev.drover.delivery.hooks;

import dev.drover.kernel.Channel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A message of the ledger, locked. @param address {@code null}: its person was erased */
record Known(long id, @Nullable Long customerId, Channel channel, @Nullable String address, String template, String originType, String originId,
        @Nullable String reference, Instant queuedAt) {}
