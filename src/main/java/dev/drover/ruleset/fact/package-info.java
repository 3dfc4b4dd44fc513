/** The facts rules read: plain values, filled by the capability that asks. Never change one inside a rule. */
@NamedInterface("fact")
@NullMarked
package dev.drover.ruleset.fact;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
