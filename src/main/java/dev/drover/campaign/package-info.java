/**
 * Owns campaigns: one message to whoever is in the audience, once or again and again; or what a journey or a trigger sends in a time. Planned, sent as sets, paused,
 * counted. Floor 9.
 */
@ApplicationModule(displayName = "Campaigns", allowedDependencies = {"kernel", "web", "audience", "engine", "template", "consent", "ruleset", "ruleset :: fact", "ruleset :: language", "facts", "segment", "segment :: builder", "delivery", "journey", "trigger", "tracking", "experiment", "experiment::statistics"})
@NullMarked
package dev.drover.campaign;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
