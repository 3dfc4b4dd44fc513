package dev.drover.ruleset;

/** Other rules decide now in this group; what depends on them is to be decided again. */
public record RulesChanged(String group) {}
