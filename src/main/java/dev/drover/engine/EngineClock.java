package dev.drover.engine;

import dev.drover.kernel.ClockMoved;
import dev.drover.kernel.PlatformClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Keeps the engine's clock where the platform's is, by the engine's management interface. What can't be added while the engine is away is made
 * good when it is back.
 */
class EngineClock {

    private static final Logger log = LoggerFactory.getLogger(EngineClock.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** A difference that comes from asking. */
    private static final Duration UNSHARP = Duration.ofSeconds(1);
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final Pattern MILLIS = Pattern.compile("\"epochMilli\"\\s*:\\s*(\\d+)");

    private final PlatformClock clock;
    private final @Nullable URI management;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    /** What the engine is ahead of the machine, as far as we know; {@code null}: it has to be asked. */
    private @Nullable Duration applied;
    private boolean retrying;

    /** @param management {@code null}: nobody may move this engine's clock */
    EngineClock(PlatformClock clock, @Nullable URI management) {
        this.clock = clock;
        this.management = management;
    }

    /** To be called for each launch: an engine of ours begins with this offset. */
    synchronized Duration launchOffset() {
        Duration offset = clock.offset();
        applied = offset;
        return offset;
    }

    /** Before the other listeners: what they start may wait in the engine, which must have the new time then. */
    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void on(ClockMoved moved) {
        follow();
    }

    /** Brings the engine to the platform's time. */
    synchronized void follow() {
        if (!clock.controllable()) {
            return;
        }
        if (management == null) {
            log.warn("The engine's clock stays behind: give DROVER_ENGINE_MANAGEMENT_ADDRESS, and the engine zeebe.clock.controlled=true");
            return;
        }
        try {
            if (applied == null) {
                applied = ask(management);
            }
            Duration target = clock.offset();
            Duration by = target.minus(applied);
            if (!by.isZero()) {
                // Until the answer is here it may or may not have been added.
                applied = null;
                call(HttpRequest.newBuilder(management.resolve("/actuator/clock/add"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"offsetMilli\":%d}".formatted(by.toMillis()))));
                applied = target;
            }
        } catch (IOException e) {
            tryAgain(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tryAgain(IOException reason) {
        if (!retrying) {
            retrying = true;
            log.warn("The engine's clock can't be moved just now, it follows as soon as the engine answers ({})", reason.toString());
            CompletableFuture.delayedExecutor(AGAIN.toMillis(), TimeUnit.MILLISECONDS).execute(() -> {
                synchronized (this) {
                    retrying = false;
                }
                follow();
            });
        }
    }

    private Duration ask(URI engine) throws IOException, InterruptedException {
        var millis = MILLIS.matcher(call(HttpRequest.newBuilder(engine.resolve("/actuator/clock"))));
        if (!millis.find()) {
            throw new IOException("the engine tells no time");
        }
        Duration ahead = Duration.ofMillis(Long.parseLong(millis.group(1)) - clock.millis());
        return ahead.abs().compareTo(UNSHARP) < 0 ? clock.offset() : ahead.plus(clock.offset());
    }

    private String call(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }
}
