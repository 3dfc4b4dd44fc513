package dev.drover.segment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * @param type        {@code static}: members are added and removed; {@code behavioral}: a rule decides
 * @param size        members now
 * @param rule        name of the rule that decides; {@code null}: none does
 * @param ruleFile    where it stands, such as {@code segments/lapsed.drl}
 * @param active      whether it is kept up to date; a segment whose rule was taken away isn't
 * @param refreshedAt end of the last calculation of all customers; {@code null}: none yet, or nothing to calculate
 */
public record Segment(
        String key,
        String name,
        String description,
        String type,
        long size,
        @Nullable String rule,
        @Nullable String ruleFile,
        boolean active,
        @Nullable Instant refreshedAt) {

    public boolean isStatic() {
        return type.equals("static");
    }
}
