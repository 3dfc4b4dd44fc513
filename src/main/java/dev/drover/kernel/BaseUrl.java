package dev.drover.kernel;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** How customers reach this server: {@code DROVER_BASE_URL}, or the local port. Without a trailing slash. */
@Component
public class BaseUrl {

    private final DroverSettings settings;
    private final Environment environment;
    private volatile @Nullable String known;

    BaseUrl(DroverSettings settings, Environment environment) {
        this.settings = settings;
        this.environment = environment;
    }

    /** @param path beginning with a slash */
    public String of(String path) {
        String base = known;
        return (base == null ? find() : base) + path;
    }

    private String find() {
        String base = settings.baseUrl();
        // The port is known only once the server runs, and may be any free one.
        String port = environment.getProperty("local.server.port");
        if (base == null) {
            base = "http://localhost:" + (port == null ? environment.getProperty("server.port", "8080") : port);
        }
        if (port != null) {
            known = base;
        }
        return base;
    }
}
