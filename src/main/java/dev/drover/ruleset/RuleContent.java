package dev.drover.ruleset;

import org.jspecify.annotations.Nullable;

/**
 * What a rule file holds.
 *
 * @param source   the rules as text; of a decision table those made from it
 * @param workbook a decision table's own bytes; {@code null}: it is a text
 */
record RuleContent(String source, byte @Nullable [] workbook) {

    /** Browsers and some editors end lines their own way; that is no difference. */
    static RuleContent text(String source) {
        return new RuleContent(source.replace("\r\n", "\n").replace('\r', '\n'), null);
    }
}
