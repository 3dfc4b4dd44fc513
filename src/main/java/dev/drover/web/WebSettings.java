package dev.drover.web;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The web floor's settings ({@code DROVER_…} in the environment).
 *
 * @param adminPassword password of user {@code admin}, used at the first start only, 8 characters to 72 bytes; {@code null}: generated
 * @param apiToken      an API token with every scope, made at start; {@code null}: none
 * @param maxBody       most bytes of a JSON or XML body
 * @param maxBatch      most bytes of an NDJSON body; its lines are read one by one
 */
@ConfigurationProperties("drover")
record WebSettings(@Nullable String adminPassword, @Nullable String apiToken, @DefaultValue("16MB") DataSize maxBody, @DefaultValue("512MB") DataSize maxBatch) {

    WebSettings {
        // bcrypt looks at no more than 72 bytes.
        if (adminPassword != null && (adminPassword.length() < 8 || adminPassword.getBytes(StandardCharsets.UTF_8).length > 72)) {
            throw new IllegalArgumentException("DROVER_ADMIN_PASSWORD must have 8 to 72 characters.");
        }
        if (apiToken != null && apiToken.isBlank()) {
            apiToken = null;
        }
    }
}
