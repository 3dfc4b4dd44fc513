package dev.drover.ruleset;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** A rule that took longer than it may: it decides nothing until a new version of its file comes. */
public record SwitchedOff(String path, String rule, int version, Instant at, String reason) {

    static Set<String> names(Collection<SwitchedOff> off, String path) {
        return off.stream().filter(rule -> rule.path().equals(path)).map(SwitchedOff::rule).collect(Collectors.toSet());
    }
}
