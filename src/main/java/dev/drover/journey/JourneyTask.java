package dev.drover.journey;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something done to many in the background.
 *
 * @param version   cancel: {@code null} is every one; move: from which; retry: of which
 * @param target    move: to which
 * @param elementId retry: of which
 * @param mapping   move: where those at an element go on, as far as somebody said so
 * @param total     how many there were when it began
 * @param remaining for how many it isn't done, those that it leaves where they are among them
 * @param beforePass for how many it wasn't done when this pass began
 * @param left      how many it leaves, each with a reason
 * @param lastKey   who has a greater key came after it began
 * @param atKey     the last that this pass has looked at
 * @param pass      how often all were gone through, from 1; begins again whenever one brought something
 */
record JourneyTask(long id, String journeyId, Kind kind, @Nullable Integer version, @Nullable Integer target, @Nullable String elementId, Map<String, String> mapping,
        State state, long total, long remaining, long beforePass, long left, long lastKey, long atKey, int pass, Instant startedAt, String startedBy, @Nullable Instant endedAt) {

    enum Kind {
        CANCEL, MOVE, RETRY;

        String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    enum State { RUNNING, DONE, STOPPED }

    public long done() {
        return Math.max(0, total - remaining);
    }

    public boolean isRunning() {
        return state == State.RUNNING;
    }

    /** As a person reads it. */
    public String words() {
        return switch (kind) {
            case CANCEL -> version == null ? "Ending the journey for everybody" : "Ending the journey for those on version " + version;
            case MOVE -> "Moving from version %d to version %d".formatted(version, target);
            case RETRY -> "Trying again at ‘%s’".formatted(elementId);
        };
    }
}
