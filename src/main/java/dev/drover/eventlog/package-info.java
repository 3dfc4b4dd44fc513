/**
 * Owns the event log: everything that happens to a customer, appended once, read in order by consumers that keep their place in the same
 * transaction as their effect. The spine of the platform: news travels upwards through it. Uses the kernel only; every floor above may
 * append and consume.
 */
@ApplicationModule(displayName = "Event log", allowedDependencies = "kernel")
@NullMarked
package dev.drover.eventlog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
