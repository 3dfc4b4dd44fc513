package dev.drover.delivery.email;

import dev.drover.delivery.Endpoint;
import dev.drover.delivery.TimeOuts;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The account at Amazon SES ({@code DROVER_SES_…}).
 *
 * @param region           such as {@code eu-west-1}
 * @param accessKey        with {@code secretKey}; {@code null}: AWS's own ways to find credentials, such as an instance's role
 * @param configurationSet for its events; {@code null}: the account's usual one
 * @param url              {@code null}: the region's
 * @param answerTimeout    for each answer. With {@code connectTimeout} it stays below the dispatcher's lease
 */
@ConfigurationProperties("drover.ses")
record SesSettings(String region, @Nullable String accessKey, @Nullable String secretKey, @Nullable String configurationSet, @Nullable String url,
        @DefaultValue("10s") Duration connectTimeout, @DefaultValue("30s") Duration answerTimeout) {

    SesSettings {
        region = region.strip();
        accessKey = given(accessKey);
        secretKey = given(secretKey);
        configurationSet = given(configurationSet);
        url = given(url);
        if (!region.matches("[a-z]{2}(-[a-z]+)+-\\d")) {
            throw new IllegalArgumentException("DROVER_SES_REGION is '%s': use one such as eu-west-1.".formatted(region));
        }
        if ((accessKey == null) != (secretKey == null)) {
            throw new IllegalArgumentException("Set both DROVER_SES_ACCESS_KEY and DROVER_SES_SECRET_KEY, or neither.");
        }
        if (url != null) {
            Endpoint.of("DROVER_SES_URL", url);
        }
        TimeOuts.check("DROVER_SES", connectTimeout, answerTimeout);
    }

    @Nullable URI endpoint() {
        return url == null ? null : Endpoint.of("DROVER_SES_URL", url).url();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Amazon SES in " + region;
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}
