/**
 * Owns customers, products, orders and imports: the data everything else reads. Floor 1; uses the kernel and the event log.
 */
@ApplicationModule(displayName = "Audience", allowedDependencies = {"kernel", "eventlog"})
@NullMarked
package dev.drover.audience;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
