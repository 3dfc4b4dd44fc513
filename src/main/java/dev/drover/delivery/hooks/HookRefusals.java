package dev.drover.delivery.hooks;

import dev.drover.kernel.PlatformClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Answers whoever isn't the provider, and says so in the log: now and then, not for each of a flood, and nothing of what was sent. */
@Component
class HookRefusals {

    private static final Logger log = LoggerFactory.getLogger(HookRefusals.class);
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private final PlatformClock clock;
    private final Map<String, Instant> told = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

    HookRefusals(PlatformClock clock) {
        this.clock = clock;
    }

    ResponseEntity<String> unsigned(String provider) {
        return refuse(provider, HttpStatus.UNAUTHORIZED, "it isn't signed");
    }

    ResponseEntity<String> forged(String provider, String why) {
        return refuse(provider, HttpStatus.FORBIDDEN, why);
    }

    ResponseEntity<String> tooLarge(String provider) {
        return refuse(provider, HttpStatus.CONTENT_TOO_LARGE, "it is too large");
    }

    ResponseEntity<String> unreadable(String provider) {
        return refuse(provider, HttpStatus.BAD_REQUEST, "it can't be read");
    }

    private ResponseEntity<String> refuse(String provider, HttpStatus status, String why) {
        long count = counts.computeIfAbsent(provider, one -> new AtomicLong()).incrementAndGet();
        Instant now = clock.instant();
        Instant before = told.get(provider + why);
        if (before == null || Duration.between(before, now).abs().compareTo(BETWEEN_LINES) >= 0) {
            told.put(provider + why, now);
            log.warn("A request to /hooks/{} was refused: {} ({} so far)", provider, why, count);
        }
        return ResponseEntity.status(status).contentType(MediaType.TEXT_PLAIN).body("Refused: " + why + ".");
    }
}
