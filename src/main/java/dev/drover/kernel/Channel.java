package dev.drover.kernel;

import java.util.Locale;

/** The way a message reaches a customer. */
public enum Channel {
    EMAIL, SMS, PUSH;

    /** The name used in the API, in rules, in templates and in the database: {@code email}, {@code sms}, {@code push}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws Problem rejected, naming the field {@code channel}, when there is no such channel */
    public static Channel of(String key) {
        for (Channel channel : values()) {
            if (channel.key().equals(key)) {
                return channel;
            }
        }
        throw Problem.invalid("channel", "There is no channel '" + key + "'. Use email, sms or push.");
    }
}
