/**
 * Owns the way to Camunda 8: the embedded engine or a remote one, its client, its clock, its history. Floor 1; uses the kernel.
 */
@ApplicationModule(displayName = "Engine", allowedDependencies = {"kernel"})
@NullMarked
package dev.drover.engine;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
