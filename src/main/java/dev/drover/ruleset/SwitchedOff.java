package dev.drover.ruleset;

import java.time.Instant;

/** A rule that took longer than it may: it decides nothing until a new version of its file comes. */
public record SwitchedOff(String path, String rule, int version, Instant at, String reason) {}
