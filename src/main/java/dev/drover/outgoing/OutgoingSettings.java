package dev.drover.outgoing;

import java.time.Duration;
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
 */
@ConfigurationProperties("drover.outgoing")
record OutgoingSettings(@Nullable List<String> allowedHosts, @DefaultValue("PT5S") Duration connectTimeout, @DefaultValue("PT15S") Duration answerTimeout,
        @DefaultValue("262144") int answerBytes) {

    OutgoingSettings {
        allowedHosts = allowedHosts == null ? List.of()
                : allowedHosts.stream().map(host -> host.strip().toLowerCase(Locale.ROOT)).filter(host -> !host.isEmpty()).toList();
        if (!connectTimeout.isPositive() || !answerTimeout.isPositive() || answerBytes < 0) {
            throw new IllegalArgumentException("drover.outgoing.connect-timeout, answer-timeout and answer-bytes must be more than nothing");
        }
    }

    boolean allows(String host, int port) {
        return allowedHosts.contains(host) || allowedHosts.contains(host + ":" + port);
    }
}
