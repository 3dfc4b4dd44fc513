package dev.drover.outgoing;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param allowedHosts   hosts that may be asked though their address is private: {@code name} or {@code name:port}, as it is written in the URL
 * @param connectTimeout how long one address may take to accept the connection
 * @param answerTimeout  how long a request may take in all, with looking up the name, redirects and reading the answer
 * @param answerBytes    an answer is read so far and no further
 * @param signingSecret  signs what journeys tell webhooks: {@code whsec_} and at least 24 bytes in base64; {@code null}: they aren't signed
 */
@ConfigurationProperties("drover.outgoing")
record OutgoingSettings(@Nullable List<String> allowedHosts, @DefaultValue("PT5S") Duration connectTimeout, @DefaultValue("PT15S") Duration answerTimeout,
        @DefaultValue("262144") int answerBytes, @Nullable String signingSecret) {

    private static final int SECRET_BYTES = 24;

    OutgoingSettings {
        allowedHosts = allowedHosts == null ? List.of()
                : allowedHosts.stream().map(host -> host.strip().toLowerCase(Locale.ROOT)).filter(host -> !host.isEmpty()).toList();
        if (!connectTimeout.isPositive() || !answerTimeout.isPositive() || answerBytes < 0) {
            throw new IllegalArgumentException("drover.outgoing.connect-timeout, answer-timeout and answer-bytes must be more than nothing");
        }
        signingSecret = signingSecret == null || signingSecret.isBlank() ? null : signingSecret.strip();
        if (signingSecret != null && !isSecret(signingSecret)) {
            throw new IllegalArgumentException("drover.outgoing.signing-secret (DROVER_OUTGOING_SIGNING_SECRET) isn't whsec_ and at least 24 bytes in base64, such as whsec_$(openssl rand -base64 24).");
        }
    }

    private static boolean isSecret(String text) {
        try {
            return text.startsWith(Signature.PREFIX) && Base64.getDecoder().decode(text.substring(Signature.PREFIX.length())).length >= SECRET_BYTES;
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }

    boolean allows(String host, int port) {
        return allowedHosts.contains(host) || allowedHosts.contains(host + ":" + port);
    }
}
