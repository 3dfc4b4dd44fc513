package dev.drover.delivery;

import org.jspecify.annotations.Nullable;

/**
 * @param outcome {@code queued}, {@code deferred} or {@code skipped}
 * @param rule    the eligibility rule that held it back; {@code null}: none did
 * @param reason  why, in words for a marketer
 */
public record DeliveryOutcome(long messageId, String outcome, @Nullable String rule, @Nullable String reason) {}
