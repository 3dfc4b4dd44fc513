package dev.drover.ruleset;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a rule file that was good when it came.
 *
 * @param number counted for each path, first is 1
 * @param source of a decision table the rules made from it; {@code null}: the file was taken away
 * @param origin {@code file}, {@code ui}, {@code api} or {@code rollback}
 */
public record RuleVersion(String path, int number, @Nullable String source, String author, Instant at, String note, String origin) {

    public boolean retired() {
        return source == null;
    }

    String group() {
        return RulePath.group(path);
    }

    static RuleVersion draft(String path, String source, Instant at) {
        return new RuleVersion(path, 0, source, "", at, "", "ui");
    }

    /** For the compiler; of a version that isn't retired. */
    RuleSource rules() {
        return new RuleSource(path, java.util.Objects.requireNonNull(source));
    }
}
