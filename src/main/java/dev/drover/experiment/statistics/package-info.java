/** The arithmetic of experiments: tests, intervals, power. Pure functions of counts and amounts; {@code docs/experiments.md} gives formulas, assumptions and sources. */
@NamedInterface("statistics")
@NullMarked
package dev.drover.experiment.statistics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
