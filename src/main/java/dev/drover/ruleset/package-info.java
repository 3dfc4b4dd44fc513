/**
 * Owns rule files: loading, checking, compiling, running. The only user of Drools. Floor 1; uses the kernel.
 */
@ApplicationModule(displayName = "Rule sets", allowedDependencies = {"kernel"})
@NullMarked
package dev.drover.ruleset;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
