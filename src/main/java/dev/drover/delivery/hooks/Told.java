package dev.drover.delivery.hooks;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a provider tells, in our words.
 *
 * @param eventId   the provider's own id of it; the same event again has the same
 * @param message   our number, as we gave it to the provider; {@code null}: it isn't told
 * @param mark      our Message-ID without its domain, {@code m42.lx3k0}: nobody guesses it
 * @param reference the provider's id of the message
 * @param address   whom it is about
 * @param status    RFC 3463
 * @param words     the other server's or the provider's; of a text message that came in, what it says
 * @param at        by the machine's clock
 */
record Told(String provider, String eventId, Kind kind, @Nullable Long message, @Nullable String mark, @Nullable String reference, @Nullable String address,
        @Nullable String status, String words, Instant at) {

    /** For what tells no time: later than anything, which is taken for now. */
    static final Instant NOW = Instant.parse("9999-01-01T00:00:00Z");

    enum Kind {
        /** The provider has it. */
        TAKEN("the provider took it"),
        DELIVERED("it arrived"),
        DELAYED("the provider still tries"),
        /** Never to this address. */
        BOUNCED("it came back for good"),
        /** Not this time. */
        RETURNED("it came back"),
        /** Nothing about the address, as out-of-office notes that pass for bounces. */
        REMARKED("it came back without saying much"),
        COMPLAINED("reported as unwanted"),
        /** Never sent, and not because of the address. */
        REFUSED("the provider refused it"),
        UNSUBSCRIBED("its reader unsubscribed with the provider"),
        /** Consent by text message. */
        STOP("no more text messages, please"),
        START("text messages, please"),
        SAID("a text message came in");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static String inWords(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT)).words;
        }
    }

    /** @param raw as it came */
    record Incoming(Told told, String raw) {}
}
