package dev.drover.trigger;

/** There is something in the log that may be due; published after the transaction that wrote it. */
record OccasionsCame() {}
