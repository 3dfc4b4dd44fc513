package dev.drover.kernel;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** How customers reach this server: {@code DROVER_BASE_URL}, or the local port. Without a trailing slash. */
@Component
public class BaseUrl {

    private final DroverSettings settings;
    private final Environment environment;

    BaseUrl(DroverSettings settings, Environment environment) {
        this.settings = settings;
        this.environment = environment;
    }

    /** @param path beginning with a slash */
    public String of(String path) {
        String base = settings.baseUrl();
        // The port is known only once the server runs, and may be any free one.
        return (base != null ? base : "http://localhost:" + environment.getProperty("local.server.port", environment.getProperty("server.port", "8080"))) + path;
    }
}
