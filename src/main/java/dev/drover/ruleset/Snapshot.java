package dev.drover.ruleset;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that decides, as one: it is replaced as a whole, so that nobody meets half of a change.
 *
 * @param mark   what it was read at
 * @param heads  the newest version of each path
 * @param groups those that decide, by name
 * @param broken why a group's newest versions aren't what decides, by name and path: another release of Drover published them
 */
record Snapshot(RuleVersions.Mark mark, Map<String, RuleVersion> heads, Map<String, RuleGroup> groups, Map<String, Map<String, List<RuleProblem>>> broken) {

    static final Snapshot NONE = new Snapshot(new RuleVersions.Mark(-1, -1), Map.of(), Map.of(), Map.of());

    /** Names of the groups that decide otherwise. */
    Set<String> changedSince(Snapshot before) {
        var names = new TreeSet<String>();
        names.addAll(groups.keySet());
        names.addAll(before.groups.keySet());
        names.removeIf(name -> groups.get(name) == before.groups.get(name));
        return names;
    }
}
