package dev.drover.ruleset.language;

import java.util.List;

/**
 * What a rule says when its conditions hold: {@code segments.enter($c, "vip", "Spent " + $sum)}.
 *
 * @param fact   the variable of the fact it is said of
 * @param key    the segment's; empty: the verb takes none
 * @param until  the variable of the moment; empty: the verb takes none
 * @param reason literals and variables that are joined to one text
 */
public record Saying(Place place, Verb verb, String fact, String key, String until, List<Part> reason) {

    /** @param variable empty: it is the literal @param literal a text or a number */
    public record Part(String variable, Object literal) {}
}
