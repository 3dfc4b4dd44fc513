/**
 * Owns the page shell, log-in, roles, API tokens, error pages and problem+json, idempotency keys. Floor 1; uses the kernel.
 */
@ApplicationModule(displayName = "Web", allowedDependencies = {"kernel"})
@NullMarked
package dev.drover.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
