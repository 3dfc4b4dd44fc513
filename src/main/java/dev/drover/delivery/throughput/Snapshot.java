package dev.drover.delivery.throughput;

import dev.drover.delivery.throughput.Standing.Pause;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All of it as it was half a second ago at most.
 *
 * @param pause     of everything; {@code null}: nothing is paused as a whole
 * @param standings of every provider that is configured
 * @param used      of this day
 */
record Snapshot(@Nullable Pause pause, Map<String, Standing> standings, LocalDate day, Map<DayKey, Integer> used) {

    Standing of(String provider) {
        var standing = standings.get(provider);
        return standing == null ? new Standing(Settings.usual(provider, false), null, null) : standing;
    }

    /** The same, but for when this provider is tried again. */
    Snapshot with(String provider, @Nullable Opening opening) {
        var changed = new HashMap<>(standings);
        var standing = of(provider);
        changed.put(provider, new Standing(standing.settings(), standing.pause(), opening));
        return new Snapshot(pause, Map.copyOf(changed), day, used);
    }

    boolean paused(String provider) {
        return pause != null || of(provider).pause() != null;
    }

    int used(DayKey key, LocalDate today) {
        return today.equals(day) ? used.getOrDefault(key, 0) : 0;
    }
}
