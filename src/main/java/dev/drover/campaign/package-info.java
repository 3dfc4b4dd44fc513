/**
 * Owns campaigns: one message to whoever is in the audience, once or again and again; planned, sent as sets, paused, counted. Floor 9.
 */
@ApplicationModule(displayName = "Campaigns", allowedDependencies = {"kernel", "web", "audience", "engine", "template", "consent", "ruleset", "ruleset :: fact", "ruleset :: language", "facts", "segment", "segment :: builder", "delivery", "tracking", "experiment", "experiment::statistics"})
@NullMarked
package dev.drover.campaign;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
