package dev.drover.ruleset.language;

import java.util.List;
import java.util.stream.Stream;

/**
 * A condition and how it turned out for one fact.
 *
 * @param text   as the rule's author wrote it
 * @param actual what the fact says, to be read by people: {@code 12.4}, {@code "NL"}, {@code none}; empty where it would only repeat {@code held}
 * @param kind   how the parts decide
 * @param parts  none of a single condition
 */
public record Held(String text, boolean held, String actual, Kind kind, List<Held> parts) {

    public enum Kind { SINGLE, ALL, ANY, NOT }

    /** The smallest conditions that made it fail; none where it held. */
    public Stream<Held> failures() {
        return held ? Stream.of() : kind == Kind.SINGLE || kind == Kind.NOT ? Stream.of(this) : parts.stream().flatMap(Held::failures);
    }

    /** The single conditions, in the order they are written. */
    public Stream<Held> leaves() {
        return kind == Kind.SINGLE ? Stream.of(this) : parts.stream().flatMap(Held::leaves);
    }
}
