/**
 * Owns journeys: BPMN checked, deployed, started by events, watched, paused, moved to another version, ended. Floor 7.
 */
@ApplicationModule(displayName = "Journeys", allowedDependencies = {"kernel", "web", "outgoing", "eventlog", "audience", "engine", "ruleset", "ruleset :: language", "template", "delivery", "segment"})
@NullMarked
package dev.drover.journey;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
