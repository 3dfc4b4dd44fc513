/**
 * Owns the message ledger, eligibility, the dispatcher and the providers: every message once, lawfully, accounted for. Floor 6.
 */
@ApplicationModule(displayName = "Delivery", allowedDependencies = {"kernel", "eventlog", "outgoing", "audience", "ruleset", "ruleset :: fact", "template", "consent", "tracking", "web", "cart", "segment", "experiment"})
@NullMarked
package dev.drover.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
