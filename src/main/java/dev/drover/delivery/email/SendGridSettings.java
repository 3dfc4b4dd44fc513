package dev.drover.delivery.email;

import dev.drover.delivery.Endpoint;
import dev.drover.delivery.TimeOuts;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The account at SendGrid ({@code DROVER_SENDGRID_…}).
 *
 * @param apiKey        with the right to send mail; more isn't needed
 * @param url           {@code https://api.eu.sendgrid.com} for an account in the EU
 * @param answerTimeout for each answer. With {@code connectTimeout} it stays below the dispatcher's lease
 */
@ConfigurationProperties("drover.sendgrid")
record SendGridSettings(String apiKey, @DefaultValue("https://api.sendgrid.com") String url, @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("30s") Duration answerTimeout) {

    SendGridSettings {
        apiKey = apiKey.strip();
        if (!apiKey.matches("[!-~]+")) {
            throw new IllegalArgumentException("DROVER_SENDGRID_API_KEY has characters that no key has.");
        }
        Endpoint.of("DROVER_SENDGRID_URL", url);
        TimeOuts.check("DROVER_SENDGRID", connectTimeout, answerTimeout);
    }

    Endpoint endpoint() {
        return Endpoint.of("DROVER_SENDGRID_URL", url);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "SendGrid at " + url;
    }
}
