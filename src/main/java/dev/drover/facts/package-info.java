/**
 * Owns what rules read of customers, summed up ahead: orders, categories, events by day. Publishes {@link dev.drover.facts.FactsChanged}. Floor 4.
 */
@ApplicationModule(displayName = "Facts", allowedDependencies = {"kernel", "eventlog", "audience", "ruleset", "ruleset :: fact", "rfm", "cart"})
@NullMarked
package dev.drover.facts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
