package dev.drover.consent;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/**
 * A link is pressed a few times, not hundreds: by the link, never by where it comes from, because a mail program's one click is posted by its
 * company's few servers for all of its people. Counted per instance and in real time.
 */
@Component
class Attempts {

    private static final int MOST = 30;
    private static final long WITHIN_NANOS = 60 * 1_000_000_000L;
    private static final int REMEMBERED = 20_000;

    private record Count(int times, long since) {}

    private final Map<String, Count> counts = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param token one that was verified: others cost nothing and must not fill the memory */
    synchronized void count(String token) {
        long now = System.nanoTime();
        var count = counts.merge(token, new Count(1, now), (known, fresh) -> now - known.since() > WITHIN_NANOS ? fresh : new Count(known.times() + 1, known.since()));
        if (count.times() > MOST) {
            throw new ResponseStatusException(HttpStatus.TOO_MANY_REQUESTS, "That was pressed very often. Wait a minute, then try again.");
        }
    }
}
