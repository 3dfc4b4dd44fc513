package dev.drover.audience;

import dev.drover.kernel.Channel;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shop told us of consent along with its customers. Published in the transaction that writes the customers, so that both are there
 * or neither.
 *
 * @param history it was given long ago, and comes with an import
 */
public record ConsentGiven(List<Statement> statements, boolean history) {

    /**
     * @param granted   {@code false}: withdrawn
     * @param source    where it was given, such as {@code checkout}
     * @param at        when; {@code null}: now
     * @param basis     {@code express}; or implied by a {@code purchase} or an {@code inquiry}
     * @param confirmed the shop has had it confirmed from the mailbox itself
     */
    public record Statement(long customerId, Channel channel, boolean granted, @Nullable String source, @Nullable Instant at, String basis, boolean confirmed) {}
}
