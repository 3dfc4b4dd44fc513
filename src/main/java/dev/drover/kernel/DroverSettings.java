package dev.drover.kernel;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The installation's settings ({@code DROVER_…} in the environment).
 *
 * @param home      where embedded PostgreSQL, the engine's state and logs live
 * @param baseUrl   how customers reach this server, without a trailing slash; {@code null}: {@code http://localhost:PORT}
 * @param clock     {@code system} or {@code controllable}; {@code null}: controllable in the demo, else system
 * @param demo      fill an empty database with a dairy shop; {@code null}: where the database is embedded and empty
 * @param secret    key of signed links, at least 32 characters; {@code null}: generated once and kept in the database
 * @param rules     folder of rule files
 * @param workflows folder of journeys, campaigns and element templates
 */
@ConfigurationProperties("drover")
public record DroverSettings(
        @DefaultValue("./data") Path home,
        @Nullable String baseUrl,
        @Nullable String clock,
        @Nullable Boolean demo,
        @Nullable String secret,
        @DefaultValue("./rules") Path rules,
        @DefaultValue("./workflows") Path workflows) {

    public DroverSettings {
        home = home.toAbsolutePath().normalize();
        if (clock != null && !clock.equals("system") && !clock.equals("controllable")) {
            throw new IllegalArgumentException("DROVER_CLOCK is '%s': use 'system' or 'controllable'.".formatted(clock));
        }
        if (secret != null && secret.length() < 32) {
            throw new IllegalArgumentException("DROVER_SECRET is shorter than 32 characters: use a longer one (openssl rand -hex 32).");
        }
        if (baseUrl != null && baseUrl.endsWith("/")) {
            baseUrl = baseUrl.substring(0, baseUrl.length() - 1);
        }
    }
}
