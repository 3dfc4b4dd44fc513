/**
 * Owns consent, preferences, suppression and the public pages to change them. Floor 2.
 */
@ApplicationModule(displayName = "Consent", allowedDependencies = {"kernel", "eventlog", "audience"})
@NullMarked
package dev.drover.consent;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
