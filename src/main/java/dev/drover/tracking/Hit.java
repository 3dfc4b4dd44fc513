package dev.drover.tracking;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody or something fetched a pixel or followed a link.
 *
 * @param linkId {@code null} but for a click
 * @param agent  with why it is a machine, where that shows at once
 */
record Hit(long messageId, Kind kind, @Nullable Long linkId, Instant at, UserAgent agent) {

    enum Kind {
        OPEN, CLICK, TRAP;

        String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
