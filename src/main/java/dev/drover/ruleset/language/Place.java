package dev.drover.ruleset.language;

/** Where something stands in a rule file; both count from 1. */
public record Place(int line, int column) {}
