/**
 * Owns journeys: BPMN checked, deployed, started by events, watched. Floor 7.
 */
@ApplicationModule(displayName = "Journeys", allowedDependencies = {"kernel", "outgoing", "eventlog", "audience", "engine", "ruleset", "ruleset :: language", "template", "delivery", "segment"})
@NullMarked
package dev.drover.journey;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
