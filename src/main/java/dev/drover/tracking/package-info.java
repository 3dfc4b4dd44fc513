/**
 * Owns the links and the pixel of mails, the opens and clicks they bring, and which of these were people. Appends {@code email.opened} and
 * {@code email.clicked} to the event log. Knows a message by its number only; delivery uses it and tells the rest
 * ({@link dev.drover.tracking.SentMessages}). Floor 2.
 */
@ApplicationModule(displayName = "Tracking", allowedDependencies = {"kernel", "eventlog"})
@NullMarked
package dev.drover.tracking;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
