package dev.drover.delivery;

import dev.drover.kernel.Channel;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the ledger. Times are by the platform's clock.
 *
 * @param customer  external id; {@code null}: erased
 * @param address   where it goes; {@code null}: the customer had none
 * @param rule      the eligibility rule that held it back
 * @param reason    why it was held back or failed
 * @param notBefore when it leaves at the earliest
 */
public record Message(long id, String key, @Nullable Long customerId, @Nullable String customer, Channel channel, @Nullable String address,
        MessageOrigin origin, String template, String category, String type, String status, @Nullable String rule, @Nullable String reason,
        Instant notBefore, int attempts, @Nullable String provider, @Nullable String providerMessageId, Instant queuedAt, @Nullable Instant sentAt,
        @Nullable Instant deliveredAt) {

    /** In the order of a message's life. */
    public static final List<String> STATUSES = List.of("queued", "deferred", "sending", "sent", "delivered", "bounced", "failed", "skipped", "unknown");

    /** Could leave now, as far as rules and its own tries go. */
    boolean due(Instant now) {
        return (status.equals("queued") || status.equals("deferred")) && !notBefore.isAfter(now);
    }

    /** Waits for its mailing to be released. */
    boolean isAside() {
        return (status.equals("queued") || status.equals("deferred")) && notBefore.equals(HeldMailings.ASIDE);
    }

    /** As people see one that was put aside: it waits for somebody, not for a moment. */
    Message waitingForResumption() {
        return new Message(id, key, customerId, customer, channel, address, origin, template, category, type, status, "campaign.paused", "its campaign is paused", queuedAt, attempts,
                provider, providerMessageId, queuedAt, sentAt, deliveredAt);
    }

    Message because(String otherRule, String otherReason) {
        return new Message(id, key, customerId, customer, channel, address, origin, template, category, type, status, otherRule, otherReason, notBefore, attempts, provider,
                providerMessageId, queuedAt, sentAt, deliveredAt);
    }
}
