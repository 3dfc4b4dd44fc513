package dev.drover.delivery.bounce;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mail that came back, read.
 *
 * @param messageId         its own
 * @param originalMessageId of the message it is about
 * @param autoReply         it answers by itself and bounces nothing
 * @param feedback          of an ARF report its type, such as {@code abuse}
 */
record ReturnedMail(@Nullable String messageId, @Nullable String originalMessageId, boolean autoReply, @Nullable String feedback, List<Returned> recipients) {

    /** Reports about authentication or viruses, and those that take a complaint back, are nobody's wish to hear no more. */
    boolean complained() {
        return feedback != null && !List.of("auth-failure", "not-spam", "virus", "dkim").contains(feedback);
    }
}
