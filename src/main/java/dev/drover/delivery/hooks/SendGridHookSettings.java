package dev.drover.delivery.hooks;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * SendGrid's signed event webhook.
 *
 * @param webhookKey   its public key, base64; {@code null}: events are refused
 * @param replayWindow how old a signed request may be; nothing: any age
 */
@ConfigurationProperties("drover.sendgrid")
record SendGridHookSettings(@Nullable String webhookKey, @DefaultValue("PT10M") Duration replayWindow) {

    SendGridHookSettings {
        webhookKey = webhookKey == null || webhookKey.isBlank() ? null : webhookKey.replaceAll("\\s", "");
        if (webhookKey != null) {
            SendGridSignature.key(webhookKey);
        }
        if (replayWindow.isNegative()) {
            throw new IllegalArgumentException("DROVER_SENDGRID_REPLAY_WINDOW must be a duration, such as PT10M; PT0S for any age.");
        }
    }
}
