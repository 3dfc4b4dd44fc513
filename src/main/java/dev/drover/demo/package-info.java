/**
 * Owns the dairy shop of the demo: its generated history and its storefront. Top floor; nothing uses it.
 */
@ApplicationModule(displayName = "Demo", allowedDependencies = {"kernel", "eventlog", "audience", "consent", "cart", "segment", "delivery", "journey", "web"})
@NullMarked
package dev.drover.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
