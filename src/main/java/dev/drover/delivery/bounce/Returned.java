package dev.drover.delivery.bounce;

import org.jspecify.annotations.Nullable;

/**
 * What a mail says about one recipient.
 *
 * @param status    RFC 3463; {@code null}: none is told
 * @param replyCode of SMTP
 * @param delayed   the other side still tries
 * @param text      the words it was judged by, shortened
 */
record Returned(String address, @Nullable String status, @Nullable String replyCode, Reason reason, BounceType type, boolean delayed, String text) {}
