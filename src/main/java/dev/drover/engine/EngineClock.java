package dev.drover.engine;

import dev.drover.kernel.PlatformClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the engine's clock where the platform's is. The engine is launched with the offset of that moment; later moves are added by its
 * management interface. What couldn't be added while it was away is made good when it is back.
 */
class EngineClock {

    private static final Logger log = LoggerFactory.getLogger(EngineClock.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PlatformClock clock;
    private final URI management;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private Duration applied = Duration.ZERO;

    EngineClock(PlatformClock clock, URI management) {
        this.clock = clock;
        this.management = management;
    }

    /** To be called for each launch. */
    synchronized Duration launchOffset() {
        applied = clock.offset();
        return applied;
    }

    /** Brings the engine to the platform's time. */
    synchronized void follow() {
        Duration target = clock.offset();
        Duration by = target.minus(applied);
        if (by.isZero()) {
            return;
        }
        try {
            add(by);
            applied = target;
        } catch (IOException e) {
            log.warn("The engine's clock can't be moved by {} just now, it follows as soon as the engine answers ({})", by, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void add(Duration by) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(management.resolve("/actuator/clock/add"))
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString("{\"offsetMilli\":%d}".formatted(by.toMillis())))
                .build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode() + " " + response.body());
        }
    }
}
