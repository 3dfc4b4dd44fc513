/**
 * Owns message templates and their rendering. The only user of Handlebars. Floor 1; uses the kernel.
 */
@ApplicationModule(displayName = "Templates", allowedDependencies = {"kernel"})
@NullMarked
package dev.drover.template;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
