package dev.drover.ruleset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param path     below the rules folder, such as {@code segments/lapsed.drl}
 * @param group    its folder: all files of a group decide together
 * @param source   what the newest of it says, in the folder or published here; of a decision table the rules made from it
 * @param problems no errors: what it says is in force. A warning tells of a rule that was switched off
 * @param version  that decides, while there are errors the last good one; {@code null}: nothing of this file decides
 * @param folder   what its file in the folder has to do with it
 */
public record RuleFile(String path, String group, String source, List<RuleProblem> problems, @Nullable RuleVersion version, Folder folder) {

    public enum Folder {
        /** The folder says the same. */
        SAME,
        /** Edited here, differs from the folder. */
        DIFFERS,
        /** It lives in the database only. */
        ABSENT
    }

    /** What decides. */
    public @Nullable String inForce() {
        return version == null ? null : version.source();
    }

    /** Whether what it says is what decides. */
    public boolean isInForce() {
        return source.equals(inForce());
    }

    public boolean isTable() {
        return RulePath.isTable(path);
    }
}
