/**
 * Owns who gets which variant of what, the statistics that say whether it mattered, and holdouts: customers kept without marketing so that its effect
 * can be measured. Floor 2. {@link dev.drover.experiment.statistics} is arithmetic alone and knows no database.
 */
@ApplicationModule(displayName = "Experiments", allowedDependencies = {"kernel", "audience", "web"})
@NullMarked
package dev.drover.experiment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
