package dev.drover.delivery;

import org.jspecify.annotations.Nullable;

/** Whose name a message bears. */
public record Sender(String key, String name, String fromAddress, @Nullable String replyTo, String postalAddress, @Nullable String logoUrl) {

    /** The same in a mailing's guise. */
    Sender as(Mailings.Guise guise) {
        return guise.fromName() == null && guise.fromAddress() == null && guise.replyTo() == null ? this
                : new Sender(key, guise.fromName() == null ? name : guise.fromName(), guise.fromAddress() == null ? fromAddress : guise.fromAddress(),
                        guise.replyTo() == null ? replyTo : guise.replyTo(), postalAddress, logoUrl);
    }

    String domain() {
        return fromAddress.substring(fromAddress.indexOf('@') + 1);
    }
}
