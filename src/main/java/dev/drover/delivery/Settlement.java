package dev.drover.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of a claimed message, for the ledger.
 *
 * @param notBefore when it may be claimed again; {@code null}: as before
 * @param reference the provider's own id of it
 * @param tried     whether this was one of its tries
 * @param boundTo   the provider that may have it already, and is the only one that may be handed it again
 */
record Settlement(long id, String status, @Nullable String rule, @Nullable String reason, @Nullable Instant notBefore, @Nullable String reference, boolean tried,
        @Nullable String boundTo) {

    static Settlement sent(long id, String reference) {
        return new Settlement(id, "sent", null, null, null, reference, true, null);
    }

    static Settlement heldBack(long id, Eligibility.Decision decision) {
        return new Settlement(id, decision.word().equals("skip") ? "skipped" : "deferred", decision.rule(), decision.reason(), decision.until(), null, false, null);
    }

    static Settlement failed(long id, String reason) {
        return new Settlement(id, "failed", null, reason, null, null, true, null);
    }

    static Settlement unknown(long id, String reason) {
        return new Settlement(id, "unknown", null, reason, null, null, true, null);
    }

    static Settlement again(long id, String reason, Instant at) {
        return new Settlement(id, "queued", null, reason, at, null, true, null);
    }

    /** Only by this provider. */
    static Settlement again(long id, String reason, Instant at, @Nullable String boundTo) {
        return new Settlement(id, "queued", null, reason, at, null, true, boundTo);
    }

    /** It isn't the message's fault. */
    static Settlement back(long id, String reason, Instant at) {
        return new Settlement(id, "queued", null, reason, at, null, false, null);
    }

    /** Nobody began to send it. */
    static Settlement untouched(long id) {
        return new Settlement(id, "queued", null, null, null, null, false, null);
    }
}
