package dev.drover.audience;

import dev.drover.kernel.Channel;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shop told us of consent along with its customers. Published in the transaction that writes the customers, so that both are there
 * or neither.
 */
public record ConsentGiven(List<Statement> statements) {

    /**
     * @param granted {@code false}: withdrawn
     * @param source  where it was given, such as {@code checkout}
     * @param at      when; {@code null}: now
     */
    public record Statement(long customerId, Channel channel, boolean granted, @Nullable String source, @Nullable Instant at) {}
}
