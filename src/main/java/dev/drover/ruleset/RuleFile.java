package dev.drover.ruleset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param path     below the rules folder, such as {@code segments/lapsed.drl}
 * @param group    its folder: all files of a group decide together
 * @param source   what the file says now
 * @param problems empty: the file is in force as it stands
 * @param inForce  what decides in its place while it has problems: the last good version; {@code null}: nothing
 */
public record RuleFile(String path, String group, String source, List<RuleProblem> problems, @Nullable String inForce) {

    RuleFile deciding(@Nullable String source) {
        return new RuleFile(path, group, this.source, problems, source);
    }

    /** Whether what the file says is what decides. */
    public boolean isInForce() {
        return source.equals(inForce);
    }
}
