package dev.drover.delivery;

import org.jspecify.annotations.Nullable;

/** Whose name a message bears. */
public record Sender(String key, String name, String fromAddress, @Nullable String replyTo, String postalAddress, @Nullable String logoUrl) {

    String domain() {
        return fromAddress.substring(fromAddress.indexOf('@') + 1);
    }
}
