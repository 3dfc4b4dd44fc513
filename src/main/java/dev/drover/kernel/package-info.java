/**
 * Owns what every floor shares: the platform's clock, settings, signed tokens, {@link dev.drover.kernel.Problem} and small value types.
 * Anyone may use it; it uses nobody.
 */
@ApplicationModule(displayName = "Kernel", allowedDependencies = {})
@NullMarked
package dev.drover.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
