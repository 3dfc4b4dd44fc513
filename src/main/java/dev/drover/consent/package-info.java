/**
 * Owns consent and its proof, preferences, confirmations by mail, suppression and the public pages to change them. Floor 2.
 */
@ApplicationModule(displayName = "Consent", allowedDependencies = {"kernel", "eventlog", "web", "audience", "template"})
@NullMarked
package dev.drover.consent;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
