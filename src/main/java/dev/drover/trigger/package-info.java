/**
 * Owns triggers: what happens to a customer on an occasion (an event, a date, a segment entered or left, silence), once for each, and the log of
 * what came of it. Floor 8.
 */
@ApplicationModule(displayName = "Triggers", allowedDependencies = {"kernel", "eventlog", "outgoing", "audience", "web", "ruleset", "ruleset :: fact", "ruleset :: language", "template", "engine",
        "facts", "segment", "segment :: builder", "delivery", "journey"})
@NullMarked
package dev.drover.trigger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
