/** Runs inside the embedded engine's process, beside the exporter: the time from its first moment, and its end with ours. */
@NullMarked
package dev.drover.engine.child;

import org.jspecify.annotations.NullMarked;
