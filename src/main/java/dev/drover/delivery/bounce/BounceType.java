package dev.drover.delivery.bounce;

import java.util.Locale;

/** What a returned mail means for its address. */
enum BounceType {

    /** The address is dead. */
    HARD,
    /** Not this time: the mailbox, the way there or we ourselves are the reason. */
    SOFT,
    /** Somebody reported the message as unwanted. */
    COMPLAINT,
    /** Nothing came back: an automatic reply, or the news that it arrived. */
    NONE;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
