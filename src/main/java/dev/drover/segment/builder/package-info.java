/**
 * Conditions as marketers put them together and programs send them, and the rules they become: read and checked, written as a rule file, read
 * back from one, told in words. Knows neither database nor web; its page and calls are the segment package's.
 */
@NamedInterface("builder")
@NullMarked
package dev.drover.segment.builder;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
