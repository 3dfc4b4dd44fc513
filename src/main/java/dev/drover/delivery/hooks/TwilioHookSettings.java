package dev.drover.delivery.hooks;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Twilio's webhooks, which are signed with the account's auth token.
 *
 * @param authToken  with which messages are sent, too
 * @param webhookKey the auth token where messages are sent with an API key; {@code null}: {@code authToken}. Without either everything is refused
 */
@ConfigurationProperties("drover.twilio")
record TwilioHookSettings(@Nullable String authToken, @Nullable String webhookKey) {

    @Nullable String key() {
        return webhookKey != null && !webhookKey.isBlank() ? webhookKey.strip() : authToken != null && !authToken.isBlank() ? authToken.strip() : null;
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "Twilio's webhooks";
    }
}
