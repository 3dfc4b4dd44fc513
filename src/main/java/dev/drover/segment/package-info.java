/**
 * Owns segments and who is in them, and why. Floor 5.
 */
@ApplicationModule(displayName = "Segments", allowedDependencies = {"kernel", "eventlog", "audience", "ruleset", "ruleset :: fact", "ruleset :: language", "cart", "facts", "rfm"})
@NullMarked
package dev.drover.segment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
