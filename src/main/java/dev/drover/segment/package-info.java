/**
 * Owns segments and who is in them, and why. Floor 5.
 */
@ApplicationModule(displayName = "Segments", allowedDependencies = {"kernel", "eventlog", "audience", "ruleset", "ruleset :: fact", "cart", "facts", "rfm", "ruleset :: language"})
@NullMarked
package dev.drover.segment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
