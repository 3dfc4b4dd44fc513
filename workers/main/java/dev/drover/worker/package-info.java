/**
 * Owns the job workers: each reads its job's variables, calls one capability, maps the outcome. Top floor; nothing uses it.
 */
@ApplicationModule(displayName = "Workers", allowedDependencies = {"kernel", "outgoing", "eventlog", "engine", "audience", "cart", "experiment", "segment", "delivery", "campaign"})
@NullMarked
package dev.drover.worker;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
