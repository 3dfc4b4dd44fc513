package dev.drover.trigger;

/** A trigger was made, changed, switched or taken away in this process; published after it was written. */
record TriggersChanged() {}
