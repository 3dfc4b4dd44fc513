/**
 * The language of rules: what they may read and say, a reader that turns a rule file into a tree of exactly that, and everything that is worked
 * out from the tree: what the compiler is given, which conditions held, what must be read, when to look again, in which order to decide.
 *
 * <p>Nothing of a rule file reaches the compiler but by this tree. What the reader doesn't know can't get in, whatever Drools would make of it.
 */
@NamedInterface("language")
@NullMarked
package dev.drover.ruleset.language;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
