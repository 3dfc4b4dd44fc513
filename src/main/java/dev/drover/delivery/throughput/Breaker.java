package dev.drover.delivery.throughput;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Watches what comes of handing over to one provider, and says when it should be left alone: after five failures one after the other, or ten of
 * the last twenty; at once when it asks us to slow down. Left alone for 30 s, then tried with a few messages; each time that fails twice as
 * long, up to a quarter of an hour. A time the provider asks for goes before that, up to a day. Thread-safe.
 */
final class Breaker {

    static final int PROBES = 3;
    private static final int IN_A_ROW = 5;
    private static final int WINDOW = 20;
    private static final int IN_WINDOW = 10;
    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration LONGEST_ASKED = Duration.ofDays(1);
    /** A provider that asks for a second each time is left alone longer after these. */
    private static final int TIMES_AS_ASKED = 3;
    /** A try whose result never came is forgotten. */
    private static final Duration PROBE_PATIENCE = Duration.ofMinutes(2);

    private final BitSet failures = new BitSet(WINDOW);
    private int seen;
    private int place;
    private int inARow;
    private int probing;
    private Instant probedAt = Instant.MIN;

    /** What should be written down: another state than the one there is. @param opening {@code null}: closed */
    record Change(@Nullable Opening opening) {}

    /** @param opening how it stands now; {@code null}: closed */
    synchronized @Nullable Change on(Outcome outcome, String why, @Nullable Duration asked, @Nullable Opening opening, Instant now) {
        note(outcome == Outcome.TROUBLE);
        boolean holds = opening != null && opening.holds(now);
        if (outcome == Outcome.LIMIT) {
            return slowDown(why, asked, opening, holds, now);
        }
        if (holds) {
            // Of those that were under way when it opened.
            return null;
        }
        if (outcome == Outcome.TROUBLE) {
            return opening != null || inARow >= IN_A_ROW || seen >= WINDOW && failures.cardinality() >= IN_WINDOW
                    ? open(why, pause(times(opening)), opening, now) : null;
        }
        if (opening == null) {
            return null;
        }
        forget();
        return new Change(null);
    }

    /** How many may try while it is half open. */
    synchronized int probes(Instant now) {
        if (probing > 0 && (Duration.between(probedAt, now).compareTo(PROBE_PATIENCE) > 0 || now.isBefore(probedAt))) {
            probing = 0;
        }
        return PROBES - probing;
    }

    synchronized void probe(Instant now) {
        probing++;
        probedAt = now;
    }

    /** One that was to try wasn't handed over after all. */
    synchronized void unprobe() {
        probing = Math.max(0, probing - 1);
    }

    private @Nullable Change slowDown(String why, @Nullable Duration asked, @Nullable Opening opening, boolean holds, Instant now) {
        int times = holds ? opening.times() : times(opening);
        var pause = pause(times);
        if (asked != null) {
            var word = asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
            pause = times > TIMES_AS_ASKED && pause.compareTo(word) > 0 ? pause : word;
        }
        // Others of the same moment say the same: only a longer time is news.
        if (holds && (asked == null || !now.plus(pause).isAfter(opening.until().plusSeconds(1)))) {
            return null;
        }
        return holds ? new Change(new Opening(opening.at(), now.plus(pause), why, times)) : open(why, pause, opening, now);
    }

    private Change open(String why, Duration pause, @Nullable Opening opening, Instant now) {
        forget();
        return new Change(new Opening(opening == null ? now : opening.at(), now.plus(pause), why, times(opening)));
    }

    private static int times(@Nullable Opening opening) {
        return opening == null ? 1 : opening.times() + 1;
    }

    static Duration pause(int times) {
        var doubled = FIRST.multipliedBy(1L << Math.clamp(times - 1, 0, 10));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    private void note(boolean failed) {
        failures.set(place, failed);
        place = (place + 1) % WINDOW;
        seen = Math.min(WINDOW, seen + 1);
        inARow = failed ? inARow + 1 : 0;
    }

    private void forget() {
        failures.clear();
        seen = 0;
        place = 0;
        inARow = 0;
        probing = 0;
    }
}
