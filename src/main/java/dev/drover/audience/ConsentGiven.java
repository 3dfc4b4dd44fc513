package dev.drover.audience;

import dev.drover.kernel.Channel;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
     * @param wording   what the person read and agreed to; {@code null}: untold
     */
    public record Statement(long customerId, Channel channel, boolean granted, @Nullable String source, @Nullable Instant at, String basis, boolean confirmed,
            @Nullable String wording) {

        static Statement of(long customerId, Channel channel, boolean granted, CustomerInput.Consent given) {
            return new Statement(customerId, channel, granted, given.source(), given.at(), Objects.requireNonNullElse(given.basis(), "express"), Boolean.TRUE.equals(given.confirmed()),
                    given.text());
        }
    }
}
