package dev.drover.ruleset.language;

/** What a comparison compares with: something written out, or another path. */
public sealed interface Value permits Literal, Path {

    Place place();
}
