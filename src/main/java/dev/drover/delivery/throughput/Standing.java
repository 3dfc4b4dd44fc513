package dev.drover.delivery.throughput;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One provider as it is known here. */
record Standing(Settings settings, @Nullable Pause pause, @Nullable Opening opening) {

    record Pause(Instant at, String by) {}
}
