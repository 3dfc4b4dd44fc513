/**
 * Owns carts, their abandonment and recovery, discount codes. Floor 3.
 */
@ApplicationModule(displayName = "Carts", allowedDependencies = {"kernel", "eventlog", "audience", "consent", "template", "web"})
@NullMarked
package dev.drover.cart;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
