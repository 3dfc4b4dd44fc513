package dev.drover.kernel;

import java.time.Duration;
import java.time.Instant;

/** The platform's time was moved; published after the new offset is stored, in the mover's thread. Listeners bring their part along. */
public record ClockMoved(Duration by, Instant now) {}
