package dev.drover.delivery.push;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A call that came to nothing: it broke, or the other side is in trouble. */
final class Trouble extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean messaging;
    private final int status;
    private final @Nullable String retryAfter;

    /**
     * @param messaging a message was handed over; else only a token was asked for
     * @param status    0: no answer
     */
    Trouble(boolean messaging, int status, @Nullable String retryAfter, String said, @Nullable Exception cause) {
        super(said, cause);
        this.messaging = messaging;
        this.status = status;
        this.retryAfter = retryAfter;
    }

    boolean messaging() {
        return messaging;
    }

    int status() {
        return status;
    }

    @Nullable String retryAfter() {
        return retryAfter;
    }
}
