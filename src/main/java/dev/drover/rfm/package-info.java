/**
 * Owns recency, frequency and monetary scores of customers, and their grid. Floor 2.
 */
@ApplicationModule(displayName = "RFM", allowedDependencies = {"kernel", "audience"})
@NullMarked
package dev.drover.rfm;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
